using Pyro.Distributions;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Traces;

/// <summary>Log densities with one number a batch element: in plates one an element.</summary>
public class BatchTests
{
    // The log density of a standard normal.
    private static double Of(double x) => -0.5 * Math.Log(2 * Math.PI) - 0.5 * x * x;

    private static void Holds(Trace trace, long[] shape, params double[] rows)
    {
        var density = trace.BatchLogPdf();
        Assert.That(density.shape, Is.EqualTo(shape));
        Numeric.Close(rows, density.Numbers(), 1e-6);
        Numeric.Close(trace.LogPdf().Number(), density.sum().Number(), 1e-6);
    }

    [Test]
    public void EachElementOfAPlateHasItsOwn()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 4))
            {
                Observe("a", new Normal(tensor(new[] { 0.0, 1, 2, 3 }), 1), zeros(4, ScalarType.Float64));
                Observe("b", new Normal(zeros(4, 3, ScalarType.Float64), 1), zeros(4, 3, ScalarType.Float64));
            }
        });
        Assert.That(trace["a"].BatchLogPdf().shape, Is.EqualTo([4, 1]));
        Assert.That(trace["b"].BatchLogPdf().shape, Is.EqualTo([4, 1]));
        Holds(trace, [4, 1], [.. new[] { 0.0, 1, 2, 3 }.Select(x => Of(x) + 3 * Of(0))]);
    }

    [Test]
    public void WhatIsSmallerThanItsPlatesCountsForEachElement()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 2))
            {
                Observe("x", new Normal(0, 1), tensor(0.0));
                using (IArange("m", 3))
                {
                    Observe("y", new Normal(0, 1), tensor(1.0));
                    Observe("z", new Normal(zeros(2, 1, ScalarType.Float64), 1), tensor(new[,] { { 0.0 }, { 2.0 } }));
                }
            }
        });
        Assert.That(trace["x"].BatchLogPdf().shape, Is.EqualTo([2, 1]));
        Assert.That(trace["y"].BatchLogPdf().shape, Is.EqualTo([2, 3, 1]));
        // What is in the outer plate alone has its part in each element of the inner one.
        var (first, second) = (Of(0) / 3 + Of(1) + Of(0), Of(0) / 3 + Of(1) + Of(2));
        Holds(trace, [2, 3, 1], first, first, first, second, second, second);
    }

    [Test]
    public void WhatIsOutsideIsSharedOut()
    {
        var trace = Runs.TraceOf(() =>
        {
            Observe("g", new Normal(zeros(3, ScalarType.Float64), 1), zeros(3, ScalarType.Float64));
            using (IArange("n", 4, 2))
                Observe("x", new Normal(0, 1), tensor(new[] { 1.0, 2 }));
            foreach (var i in IRange("loop", 2))
                Observe($"o_{i}", new Normal(0, 1), tensor(0.0));
        });
        Holds(trace, [2, 1], 2.5 * Of(0) + 2 * Of(1), 2.5 * Of(0) + 2 * Of(2));
        Numeric.Close([2 * Of(1), 2 * Of(2)], trace.BatchLogPdf(site => site.Name == "x").Numbers(), 1e-6);
        // Without a plate they broadcast.
        Numeric.Close([5 * Of(0)], trace.BatchLogPdf(site => site.Plate?.Vectorized != true).Numbers(), 1e-6);
    }

    [Test]
    public void AnEmptyPlateHasNone()
    {
        var trace = Runs.TraceOf(() =>
        {
            Observe("g", new Normal(0, 1), tensor(0.0));
            using (IArange("n", 0))
                Sample("x", new Normal(0, 1));
        });
        Assert.That(trace.BatchLogPdf().shape, Is.EqualTo([0, 1]));
    }

    [Test]
    public void PlatesBesideEachOtherAreRefused()
    {
        var beside = Runs.TraceOf(() =>
        {
            using (IArange("n", 2))
                Sample("a", new Normal(0, 1));
            using (IArange("m", 2))
                Sample("b", new Normal(0, 1));
        });
        var error = Assert.Throws<ModelException>(() => beside.BatchLogPdf());
        Assert.That(error.Site, Is.EqualTo("b"));
        Assert.That(error.Message, Does.Contain("the plate 'm' of size 2"));
        Assert.That(error.Message, Does.Contain("the plate 'n' of size 2"));
        Assert.That(beside.BatchLogPdf(site => site.Name == "b").shape, Is.EqualTo([2, 1]));

        var iterations = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("loop", 2))
                using (IArange("n", 2))
                    Sample($"a_{i}", new Normal(0, 1));
        });
        Assert.That(() => iterations.BatchLogPdf(), Throws.TypeOf<ModelException>().With.Message.Contains("iteration 1 of 'loop', 'n' of size 2"));
    }

    [Test]
    public void ALoopInsideOfAPlateVisitsItsElements()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 2))
                foreach (var i in IRange("loop", 2))
                    Observe($"a_{i}", new Normal(0, 1), tensor(new[] { 0.0, i }));
        });
        Holds(trace, [2, 1], 2 * Of(0), Of(0) + Of(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void TermsAreComputedOnceAndTheAnswerIsTheCallers(bool gradients)
    {
        var trace = Runs.TraceOf(() => Sample("x", new Normal(zeros(3), 1)));
        using var mode = set_grad_enabled(gradients);
        var density = trace.LogPdf("x");
        Assert.That(trace.LogPdf("x"), Is.SameAs(density));
        var (total, batch) = (trace.LogPdf().Number(), trace.BatchLogPdf().Number());
        trace.LogPdf().add_(1);
        trace.LogPdf(_ => true).add_(1);
        trace.BatchLogPdf().add_(1);
        Assert.That(trace.LogPdf().Number(), Is.EqualTo(total));
        Assert.That(trace.BatchLogPdf().Number(), Is.EqualTo(batch));
    }

    [Test]
    public void WhatWasComputedWithoutGradientsIsComputedAgainForThem()
    {
        var mean = tensor(1.0).requires_grad_();
        var trace = Runs.TraceOf(() => Observe("x", new Normal(mean, 1), tensor(0.0)));
        using (no_grad())
            Assert.That((trace.LogPdf() + trace.BatchLogPdf()).requires_grad, Is.False);
        (trace.LogPdf() + trace.BatchLogPdf().sum()).backward();
        Numeric.Close(-2, mean.grad!.Number(), 1e-6);
    }
}
