using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Poutines;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Programs;

/// <summary>Blocks of a program whose log densities are multiplied.</summary>
public class WeightTests
{
    private static double Of(double x) => -0.5 * Math.Log(2 * Math.PI) - 0.5 * x * x;

    private static Tensor Numbers(params long[] shape) => arange(shape.Aggregate(1L, (a, b) => a * b), ScalarType.Float64).reshape(shape);

    [Test]
    public void Scale_AroundSites_MultipliesThemAlone()
    {
        var trace = Runs.TraceOf(() =>
        {
            Observe("a", new Normal(0, 1), tensor(1.0));
            using (Scale(0.5))
            {
                Observe("b", new Normal(0, 1), tensor(2.0));
                using (Scale(4f))
                    Observe("c", new Normal(0, 1), tensor(3.0));
                Factor("d", tensor(-1.0));
            }
            Observe("e", new Normal(0, 1), tensor(4.0));
        });
        Numeric.Close(
            [Of(1), 0.5 * Of(2), 2 * Of(3), -0.5, Of(4)], [.. "abcde".Select(name => trace.LogPdf(name.ToString()).Number())], 1e-12);
        Assert.That(trace["c"].Scale, Is.EqualTo(2));
    }

    [Test]
    public void Scale_OfZero_CountsNothingOfWhatIsImpossible()
    {
        void Body()
        {
            using (Scale(0))
                Factor("a", tensor(double.NegativeInfinity));
            Observe("b", new Normal(0, 1), tensor(1.0));
        }
        Numeric.Close(Of(1), Runs.TraceOf(Body).LogPdf().Number(), 1e-12);
        Assert.That(Runs.Program(Body).Scale(0).Trace(default, Runs.Context()).LogPdf().Number(), Is.EqualTo(0));
    }

    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void Scale_OfWhatIsNoWeight_IsRefused(double factor)
    {
        Assert.That(() => Runs.TraceOf(() => Scale(factor)), Throws.Exception.With.Message.Contains("from 0"));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScalePoutine(factor));
    }

    [Test]
    public void Mask_InAPlate_BelongsToItsElements()
    {
        // As many columns as the plate has elements: the leftmost dimension is the plate's all the same.
        var weights = tensor(new[] { 2.0, 0, 0.5 });
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 3))
            using (Mask(weights))
            {
                Observe("a", new Normal(0, 1), Numbers(3));
                Observe("b", new Normal(0, 1), Numbers(3, 3));
                Observe("c", new MultivariateNormal(zeros(3, ScalarType.Float64), eye(3, dtype: ScalarType.Float64)), Numbers(3, 3));
                Observe("d", new Normal(0, 1), tensor(1.0));
                using (IArange("m", 2))
                    Observe("e", new Normal(0, 1), Numbers(3, 2));
            }
        });
        var b = 2 * (Of(0) + Of(1) + Of(2)) + 0.5 * (Of(6) + Of(7) + Of(8));
        Numeric.Close(
            [2 * Of(0) + 0.5 * Of(2), b, b, 2.5 * Of(1), 2 * (Of(0) + Of(1)) + 0.5 * (Of(4) + Of(5))],
            [.. "abcde".Select(name => trace.LogPdf(name.ToString()).Number())], 1e-12);
    }

    [Test]
    public void Mask_ThatDoesNotFit_NamesTheSite()
    {
        var error = Runs.Fails(() =>
        {
            using (IArange("n", 3))
            using (Mask(ones(4)))
                Observe("x", new Normal(0, 1), Numbers(3));
        });
        Assert.That(error.Site, Is.EqualTo("x"));
        Assert.That(error.Message, Does.Contain("(4)").And.Contain("(3)"));
    }

    [Test]
    public void Mask_WithAMaskOfADistributionAndAHandler_MultipliesAll()
    {
        var program = Runs.Program(() =>
        {
            using (IArange("n", 3))
            using (Mask(tensor(new[] { 2.0, 3, 4 })))
                Observe("x", new Normal(0, 1).Expand(3).Mask(tensor(new[] { true, true, false })), Numbers(3));
        });
        Numeric.Close(2 * Of(0) + 1.5 * Of(1), program.Scale(tensor(new[] { 1, 0.5, 1 })).Trace(default, Runs.Context()).LogPdf().Number(), 1e-12);
    }

    [Test]
    public void Mask_AroundALoop_MultipliesEachIteration()
    {
        var trace = Runs.TraceOf(() =>
        {
            foreach (var i in IRange("n", 3))
                using (Scale(i + 1))
                    Observe($"x_{i}", new Normal(0, 1), tensor((double)i));
        });
        Numeric.Close(Of(0) + 2 * Of(1) + 3 * Of(2), trace.LogPdf().Number(), 1e-12);
    }

    [Test]
    public void Loop_InsideOfWeightsThatDiffer_RunsOneIterationAfterAnother()
    {
        static bool Batches()
        {
            var batches = RunContext.Current.Batch(new Plate("n", vectorized: false), 3, null, null, [], [], [], [], out var scope);
            scope?.Dispose();
            return batches;
        }
        Runs.TraceOf(() =>
        {
            using (Scale(2))
                Assert.That(Batches(), Is.True);
            using (Mask(ones(3)))
            using (Scale(2))
                Assert.That(Batches(), Is.False);
        });
    }

    [Test]
    public void Block_LeftByAnException_LeavesNoWeightBehind()
    {
        var context = Runs.Context();
        var left = Runs.Program(() =>
        {
            _ = Scale(7);
            throw new InvalidOperationException();
        });
        Assert.Throws<InvalidOperationException>(() => left.Trace(default, context));
        Numeric.Close(Of(1), Runs.TraceOf(() => Observe("x", new Normal(0, 1), tensor(1.0)), context).LogPdf().Number(), 1e-12);
    }

    [Test]
    public void Enumeration_OfWeighedElements_HasTheExactLoss()
    {
        var weights = tensor(new[] { 0.25, 3 });
        double[] p = [0.3, 0.6], q = [0.5, 0.2];
        Action Flips(double[] ps) => () =>
        {
            using (IArange("n", 2))
            using (Mask(weights))
                Sample("z", new Bernoulli(tensor(ps)));
        };
        var loss = new ELBO(enumDiscrete: Enumerate.LockStep).Loss(Runs.Context(), Runs.Program(Flips(p)), Runs.Program(Flips(q)), default);
        var expected = weights.Numbers().Select((w, i) => w * (q[i] * Math.Log(q[i] / p[i]) + (1 - q[i]) * Math.Log((1 - q[i]) / (1 - p[i])))).Sum();
        Numeric.Close(expected, loss, 1e-12);
    }

    [Test]
    public void Factor_OfOneNumberInAPlate_IsTheTermOfEachElement()
    {
        var trace = Runs.TraceOf(() =>
        {
            using (IArange("n", 10, subsample: tensor(new[] { 1L, 4L })))
                Factor("in", tensor(-1.0));
            Factor("out", tensor(-1.0));
        });
        Assert.That(trace.LogPdf("in").Number(), Is.EqualTo(-10));
        Assert.That(trace.LogPdf("out").Number(), Is.EqualTo(-1));
    }
}
