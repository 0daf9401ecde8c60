using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Poutines;
using Pyro.Traces;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Poutines;

/// <summary>Masks around programs: what they keep, and which do not fit.</summary>
public class MaskTests
{
    private static double Of(double x) => -0.5 * Math.Log(2 * Math.PI) - 0.5 * x * x;

    private static Trace Masked(Action body, Tensor mask) => Runs.Program(body).Mask(mask).Trace(default, Runs.Context());

    private static Tensor Normals(params long[] shape) => arange(shape.Aggregate(1L, (a, b) => a * b), ScalarType.Float64).reshape(shape);

    private static ModelException Refused(Action body, Tensor mask, params string[] says)
    {
        var error = Assert.Throws<ModelException>(() => Masked(body, mask))!;
        foreach (var part in says)
            Assert.That(error.Message, Does.Contain(part));
        return error;
    }

    [Test]
    public void OneMaskOfAPlatesElementsFitsAllItsSites()
    {
        var trace = Masked(() =>
        {
            using (IArange("n", 3))
            {
                Observe("a", new Normal(0, 1), Normals(3));
                Observe("b", new Normal(0, 1), Normals(3, 2));
                Observe("c", new Normal(0, 1), tensor(1.0));
                Observe("d", new Categorical(ps: ones(3, 2, ScalarType.Float64) / 2), zeros(3, ScalarType.Int64));
                Observe("e", new MultivariateNormal(zeros(2, ScalarType.Float64), eye(2, dtype: ScalarType.Float64)), Normals(3, 2));
                Factor("f", Normals(3));
            }
        }, tensor(new[,] { { true }, { false }, { true } }));
        double[] expected =
        [
            Of(0) + Of(2), Of(0) + Of(1) + Of(4) + Of(5), 2 * Of(1), 2 * Math.Log(0.5), Of(0) + Of(1) + Of(4) + Of(5), 2,
        ];
        Numeric.Close(expected, [.. trace.Where(site => site.IsStochastic).Select(site => site.LogPdf().Number())], 1e-6);
        Numeric.Close(expected.Sum(), trace.BatchLogPdf().sum().Number(), 1e-6);
        Assert.That(trace.BatchLogPdf().Numbers()[1], Is.EqualTo(0));
    }

    [Test]
    public void WhatIsSmallerThanItsPlatesCountsForEachElementThatIsLeft()
    {
        void Body()
        {
            using (IArange("n", 2))
            using (IArange("m", 3))
                Observe("x", new Normal(0, 1), tensor(1.0));
        }
        Numeric.Close(4 * Of(1), Masked(Body, tensor(new[] { true, false, true })).LogPdf().Number(), 1e-6);
        Numeric.Close(3 * Of(1), Masked(Body, tensor(new[,] { { false }, { true } })).LogPdf().Number(), 1e-6);
        Numeric.Close(6 * Of(1), Masked(Body, tensor(true)).LogPdf().Number(), 1e-6);
    }

    [Test]
    public void AMaskDoesNotMakeALogDensityLarger()
    {
        // Each element was counted as often as the mask has columns.
        Assert.That(Refused(() => Observe("x", new Normal(0, 1), Normals(4)), ones(4, 1, ScalarType.Bool), "(4, 1)", "(4)").Site, Is.EqualTo("x"));
        Assert.That(Refused(() => Sample("g", new Normal(0, 1)), ones(4, ScalarType.Bool), "(4)", "()").Site, Is.EqualTo("g"));
        Refused(() => Observe("x", new Normal(0, 1), Normals(2)), ones(3, ScalarType.Bool), "(3)", "(2)");
        Refused(
            () =>
            {
                using (IArange("n", 4))
                    Observe("x", new Normal(0, 1), Normals(4, 3));
            },
            ones(4, ScalarType.Bool), "(4)", "(4, 3)", "(4, 1)");
        Refused(
            () =>
            {
                using (IArange("n", 4))
                    Observe("x", new Normal(0, 1), tensor(0.0));
            },
            ones(1, 4, ScalarType.Bool), "(1, 4)");
    }

    [Test]
    public void AStepThatFailsNamesTheSite()
    {
        var model = Runs.Program(() => Observe("x", new Normal(Sample("z", new Normal(0, 1)).expand(2), 1), zeros(2)));
        var guide = Runs.Program(() => Sample("z", new Normal(Param("m", 0.0), 1)));
        var svi = new SVI<Unit>(model.Block(hide: ["z"]).Mask(ones(3, ScalarType.Bool)), guide.Block(), new Adam(0.1), new ELBO(), Runs.Context());
        Assert.That(Assert.Throws<ModelException>(() => svi.Step(default)).Site, Is.EqualTo("x"));
    }

    private static void Three()
    {
        Observe("x", new Normal(0, 1), Normals(3));
        Observe("y", new MultivariateNormal(zeros(1, ScalarType.Float64), eye(1, dtype: ScalarType.Float64)), Normals(3, 1));
        Factor("f", Normals(3));
    }

    [Test]
    public void Mask_OfIntegers_MultipliesAsNumbersDo()
    {
        Numeric.Close(2 * (Of(0) + Of(2)) + 2, Masked(Three, tensor(new[] { 1, 0, 1 })).LogPdf().Number(), 1e-6);
        Numeric.Close(2 * (3 * Of(0) + 2 * Of(1)) + 2, Masked(Three, tensor(new[] { 3L, 2L, 0L })).LogPdf().Number(), 1e-6);
    }

    [Test]
    public void Mask_OfWeights_MultipliesElementByElement()
    {
        var trace = Masked(Three, tensor(new[] { 0.3, 5, 0 }));
        Numeric.Close(2 * (0.3 * Of(0) + 5 * Of(1)) + 5, trace.LogPdf().Number(), 1e-12);
        Numeric.Close([0.3 * Of(0), 5 * Of(1), 0], trace["x"].LogProb().Numbers(), 1e-12);
        var scaled = Runs.Program(Three).Scale(tensor(new[] { 0.3, 5, 0 })).Trace(default, Runs.Context());
        Numeric.Close(trace.LogPdf().Number(), scaled.LogPdf().Number(), 1e-12);
    }

    [Test]
    public void Masks_InsideOfEachOther_MultiplyBooleansAndWeights()
    {
        var program = Runs.Program(Three).Mask(tensor(new[] { true, true, false })).Scale(tensor(new[] { 0.5, 2, 7 })).Mask(tensor(new[] { 4.0, 1, 1 }));
        Numeric.Close(2 * (2 * Of(0) + 2 * Of(1)) + 2, program.Trace(default, Runs.Context()).LogPdf().Number(), 1e-12);
    }

    [TestCase(-0.5)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Mask_OfWhatIsNoWeight_IsRefused(double weight)
    {
        var weights = tensor(new[] { 1, weight });
        Assert.That(() => new MaskPoutine(weights), Throws.TypeOf<ArgumentException>().With.Message.Contains("from 0"));
        Assert.That(() => new Normal(zeros(2), 1).Mask(weights), Throws.TypeOf<ArgumentException>().With.Message.Contains("from 0"));
        Assert.That(() => Runs.TraceOf(() => Mask(weights)), Throws.Exception.With.Message.Contains("from 0"));
    }

    [Test]
    public void Mask_OfNothingOrOfComplexNumbers_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new MaskPoutine(null!));
        Assert.Throws<ArgumentException>(() => new MaskPoutine(ones(2, ScalarType.ComplexFloat32)));
    }

    [Test]
    public void MaskOfAnotherHandler_OfIntegers_NamesTheSite()
    {
        var trace = Runs.Program(() => Observe("x", new Normal(0, 1), Normals(2))).With(new Integers()).Trace(default, Runs.Context());
        Assert.That(() => trace.LogPdf(), Throws.TypeOf<ModelException>().With.Message.Contains("booleans"));
    }

    [Test]
    public void TwoMasksThatDoNotFitEachOtherNameTheSite()
    {
        var program = Runs.Program(() => Observe("x", new Normal(0, 1), Normals(2))).Mask(ones(2, ScalarType.Bool)).Mask(ones(3, ScalarType.Bool));
        var error = Assert.Throws<ModelException>(() => program.Trace(default, Runs.Context()));
        Assert.That(error.Site, Is.EqualTo("x"));
        Assert.That(error.Message, Does.Contain("(2) and (3)"));
    }

    private sealed class Integers : Poutine
    {
        public override void Before(ref Message message) => message.Mask = tensor(new[] { 1, 2 });
    }
}
