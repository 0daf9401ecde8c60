using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>What every map makes lies in its range, however far out its argument is, and samples of transformed distributions can be scored again.</summary>
public class TransformEdgeTests
{
    private static readonly ScalarType[] s_types = [ScalarType.Float32, ScalarType.Float64];

    private static readonly double[] s_far = [0, 1e-30, -1e-30, 1e-8, -1e-8, 0.3, -0.7, 9, -9, 17, -17, 40, -40, 90, -90, 200, -200, 750, -750, 1e4, -1e4, 1e30, -1e30];

    private static readonly Dictionary<string, Func<Bijector>> s_numbers = new()
    {
        ["Exp"] = () => Exp.Instance,
        ["Sigmoid"] = () => Sigmoid.Instance,
        ["Softplus"] = () => Softplus.Instance,
        ["Tanh"] = () => Tanh.Instance,
        ["Affine"] = () => new Affine(3, 1e10),
        ["Above 3"] = Constraints.GreaterThan(3).TransformTo,
        ["Above 1e8"] = Constraints.GreaterThan(1e8).TransformTo,
        ["Above a tensor"] = () => Constraints.Above(tensor(-7f)).TransformTo(),
        ["From a tensor"] = () => Constraints.AtLeast(tensor(1e5f)).TransformTo(),
        ["Between tensors"] = () => Constraints.Between(tensor(2f), tensor(2.5f)).TransformTo(),
        ["Below -2"] = Constraints.LessThan(-2).TransformTo,
        ["Below 0"] = Constraints.LessThan(0).TransformTo,
        ["Interval (2, 5)"] = Constraints.Interval(2, 5).TransformTo,
        ["Interval (0.1, 0.3)"] = Constraints.Interval(0.1, 0.3).TransformTo,
        ["Interval (-1e8, 1)"] = Constraints.Interval(-1e8, 1).TransformTo,
        ["Interval (-1e30, 1e30)"] = Constraints.Interval(-1e30, 1e30).TransformTo,
        ["Exp, Affine"] = () => new Compose(Exp.Instance, new Affine(3, 2)),
        ["Exp, Affine down"] = () => new Compose(Exp.Instance, new Affine(3, -2)),
        ["Sigmoid, Affine"] = () => new Compose(Sigmoid.Instance, new Affine(-5, 3)),
        ["Sigmoid, Affine, Exp"] = () => new Compose(Sigmoid.Instance, new Affine(-5, 3), Exp.Instance),
        ["Tanh, Exp"] = () => new Compose(Tanh.Instance, Exp.Instance),
        ["Exp, Power"] = () => new Compose(Exp.Instance, new Power(1.7)),
        ["Exp, Power down"] = () => new Compose(Exp.Instance, new Power(-3)),
        ["Sigmoid, Inverted"] = () => new Compose(Sigmoid.Instance, new Inverted(Tanh.Instance)),
    };

    private static readonly Dictionary<string, (Func<Bijector> Make, long[] Shape)> s_rows = new()
    {
        ["Ordered"] = (() => Ordered.Instance, [5]),
        ["Ordered, Affine"] = (() => new Compose(Ordered.Instance, new Affine(0, 3)), [5]),
        ["Exp, Ordered"] = (() => new Compose(Exp.Instance, Ordered.Instance), [5]),
        ["StickBreaking"] = (() => StickBreaking.Instance, [4]),
        ["StickBreaking, Affine"] = (() => new Compose(StickBreaking.Instance, new Affine(5, 3)), [4]),
        ["LowerCholesky"] = (() => LowerCholesky.Instance, [3, 3]),
        ["CorrelationCholesky"] = (() => CorrelationCholesky.Instance, [3, 3]),
        ["PositiveDefinite"] = (Constraints.PositiveDefinite.TransformTo, [3, 3]),
    };

    public static IEnumerable<string> Numbers => s_numbers.Keys;

    public static IEnumerable<string> Rows => s_rows.Keys;

    [TestCaseSource(nameof(Numbers))]
    public void Forward_FarNumbers_LieInsideAndCanBeScored(string name)
    {
        foreach (var dtype in s_types)
        {
            var map = s_numbers[name]();
            var x = tensor(s_far, dtype);
            var y = map.Forward(x);
            var text = $"{name} {dtype}: {string.Join(", ", y.Numbers())}";
            Assert.That(map.Range.Check(y).all().item<bool>(), Is.True, text);
            Assert.That(map.Range.Find(y), Is.Null, text);
            Assert.That(map.Inverse(y).Numbers().All(double.IsFinite), Is.True, $"{text} come from {string.Join(", ", map.Inverse(y).Numbers())}");
            Assert.That(map.LogDetJacobian(x, y).isnan().any().item<bool>(), Is.False, text);
            var made = new TransformedDistribution(new Normal(zeros(4000, dtype), 60), map);
            using var generator = new Generator(3);
            var sample = made.Sample(generator);
            Assert.That(made.LogProb(sample.clone()).Numbers().All(double.IsFinite), Is.True, name);
        }
    }

    [TestCaseSource(nameof(Rows))]
    public void Forward_FarRows_LieInsideAndCanBeScored(string name)
    {
        foreach (var dtype in s_types)
            foreach (var sd in new[] { 1.0, 10, 40 })
            {
                // Of ordered numbers that overflow only those that nothing follows are put in order.
                if (sd > 10 && name == "Ordered, Affine")
                    continue;
                var (make, shape) = s_rows[name];
                var map = make();
                using var generator = new Generator(4);
                var made = new TransformedDistribution(new Normal(zeros([2000, .. shape], dtype), sd), map);
                var y = made.Sample(generator);
                Assert.That(map.Range.Check(y).all().item<bool>(), Is.True, $"{name} {dtype} {sd}: {map.Range.Find(y)}");
                var again = made.LogProb(y.clone()).Numbers();
                Assert.That(again.All(double.IsFinite), Is.True, $"{name} {dtype} {sd}: {again.Count(value => !double.IsFinite(value))} are not scored again");
            }
    }

    [Test]
    public void Ordered_StepsThatRoundAway_ScoreAsTheyWereDrawn()
    {
        foreach (var dtype in s_types)
        {
            using var generator = new Generator(1);
            var drawn = new TransformedDistribution(new Normal(zeros(20000, 5, dtype), 10), Ordered.Instance);
            var y = drawn.Sample(generator);
            Assert.That(Constraints.Ordered.Check(y).all().item<bool>(), Is.True);

            // Another distribution with the same map, as a model has it beside its guide: the evidence of a model that is its guide is 1.
            var scored = new TransformedDistribution(new Normal(zeros(20000, 5, dtype), 10), Ordered.Instance);
            var weights = (scored.LogProb(y) - drawn.LogProb(y)).Numbers();
            Assert.That(weights, Has.All.EqualTo(0));
            var wide = new TransformedDistribution(new Normal(zeros(20000, 5, dtype), 12), Ordered.Instance);
            var evidence = (wide.LogProb(y).to_type(ScalarType.Float64) - drawn.LogProb(y).to_type(ScalarType.Float64)).exp();
            Numeric.Close(1, evidence.mean().Number(), 8 * evidence.std().Number() / Math.Sqrt(20000));
        }
    }

    [Test]
    public void Sample_OfMapsMadeAnew_IsScoredFromWhatItWasMappedFrom()
    {
        // 1e8 + exp(−20) has nothing left of the second term in either precision.
        foreach (var dtype in s_types)
        {
            TransformedDistribution Make(double sd) => new(new Normal(zeros(1000, dtype), sd), Exp.Instance, new Affine(1e12, 1));
            using var generator = new Generator(7);
            var y = Make(2).Sample(generator);
            var mean = (Make(3).LogProb(y) - Make(2).LogProb(y)).to_type(ScalarType.Float64).exp().mean().Number();
            Numeric.Close(1, mean, 0.3);
            Assert.That(new TransformedDistribution(new Normal(zeros(1000, dtype), 2), Exp.Instance, new Affine(1e12, 2)).LogProb(y).isfinite().all().item<bool>(), Is.True);
        }
    }

    [Test]
    public void Ascending_TiesAndOverflow_AreNextToEachOther()
    {
        var huge = double.MaxValue;
        var y = Constraints.Ordered.Settle(tensor(new[,] { { 1.0, 1, 1 }, { 2, double.PositiveInfinity, double.PositiveInfinity }, { huge, huge, huge }, { 0, 0, 5 } }));
        Assert.That(y.Numbers(), Is.EqualTo([
            1, double.BitIncrement(1), double.BitIncrement(double.BitIncrement(1)), 2, double.BitDecrement(huge), huge,
            double.BitDecrement(double.BitDecrement(huge)), double.BitDecrement(huge), huge, 0, double.Epsilon, 5]));
        var leaf = tensor(new[] { 0.0, -60, 1 }, requires_grad: true);
        var (made, weights) = (Ordered.Instance.Forward(leaf), Numeric.Double(1, 2, 4));
        (made * weights).sum().backward();
        Numeric.Close([7, 6 * Math.Exp(-60), 4 * Math.E], leaf.grad!.Numbers(), 1e-12);
    }

    [Test]
    public void PositiveDefinite_SingularProduct_HasAFactor()
    {
        foreach (var dtype in s_types)
        {
            var map = Constraints.PositiveDefinite.TransformTo();
            var x = tensor(new[,] { { 0.0, 0, 0 }, { 1e4, -30, 0 }, { 1e4, 1, -30 } }, dtype);
            var y = map.Forward(x);
            Assert.That(Constraints.PositiveDefinite.Find(y), Is.Null);
            Numeric.Close(x.tril(-1).matmul(x.mT).abs().max().Number() + 1, y.abs().max().Number(), 1);
        }
    }

    [Test]
    public void CholeskyProduct_MatrixOutside_ScoresNothingBesideOthers()
    {
        var made = new TransformedDistribution(new Normal(zeros(2, 2, 2, ScalarType.Float64), 1), LowerCholesky.Instance, CholeskyProduct.Instance);
        var density = made.LogProb(stack([tensor(new[,] { { 2.0, 0.5 }, { 0.5, 1 } }), tensor(new[,] { { 1.0, 2 }, { 2, 1 } })])).Numbers();
        Assert.That(double.IsFinite(density[0]) && double.IsNegativeInfinity(density[1]), Is.True);
    }
}
