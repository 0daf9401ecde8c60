using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Every map goes there and back, stays in its range, and its volume change is that of its Jacobian.</summary>
public class TransformTests
{
    private static readonly Dictionary<string, (Func<Bijector> Make, long[] Shape, Func<Tensor, Tensor> Domain)> s_maps = new()
    {
        ["Identity"] = (() => Identity.Instance, [4], x => x),
        ["Exp"] = (() => Exp.Instance, [4], x => x),
        ["Sigmoid"] = (() => Sigmoid.Instance, [4], x => x),
        ["Affine"] = (() => new Affine(Numeric.Double(1, 2, 3, 4), -2.5), [4], x => x),
        ["Power"] = (() => new Power(1.7), [4], x => x.exp()),
        ["Power, negative"] = (() => new Power(-0.6), [4], x => x.exp()),
        ["Softplus"] = (() => Softplus.Instance, [4], x => x),
        ["Tanh"] = (() => Tanh.Instance, [4], x => x),
        ["StickBreaking"] = (() => StickBreaking.Instance, [4], x => x),
        ["Ordered"] = (() => Ordered.Instance, [4], x => x),
        ["LowerCholesky"] = (() => LowerCholesky.Instance, [3, 3], x => x.tril()),
        ["CorrelationCholesky"] = (() => CorrelationCholesky.Instance, [3, 3], x => x.tril(-1)),
        ["PositiveDefinite"] = (Constraints.PositiveDefinite.TransformTo, [3, 3], x => x.tril()),
        ["Permute"] = (() => new Permute(2, 0, 3, 1), [4], x => x),
        ["Inverted"] = (() => new Inverted(Exp.Instance), [4], x => x.exp()),
        ["Compose"] = (() => new Compose(Exp.Instance, new Affine(1, 2), Ordered.Instance), [4], x => x),
        ["Compose of shapes"] = (() => new Compose(new Permute(1, 0, 2), new Affine(0, 3), StickBreaking.Instance), [3], x => x),
    };

    public static IEnumerable<string> Names => s_maps.Keys;

    [TestCaseSource(nameof(Names))]
    public void ThereAndBack(string name)
    {
        var (make, shape, domain) = s_maps[name];
        var map = make();
        using var generator = new Generator(5);
        var x = domain(randn([20, .. shape], ScalarType.Float64, generator: generator));
        var y = map.Forward(x);
        Assert.That(y.shape, Is.EqualTo(map.ForwardShape(x.shape)));
        Assert.That(map.Range.Check(y).all().item<bool>(), Is.True);
        Numeric.Close(x.Numbers(), map.Inverse(y).Numbers(), 1e-8);
        Assert.That(map.LogDetJacobian(x, y).shape, Is.EqualTo(x.shape[..^map.EventRank]));
    }

    [TestCaseSource(nameof(Names))]
    public void VolumeIsThatOfTheJacobian(string name)
    {
        var (make, shape, domain) = s_maps[name];
        var map = make();
        using var generator = new Generator(6);
        var x = domain(randn(shape, ScalarType.Float64, generator: generator));

        // What the map changes and what it makes, as vectors of the same length.
        var square = shape.Length == 2;
        var free = square ? ones_like(x).tril(name == "CorrelationCholesky" ? -1 : 0).nonzero().Numbers() : null;
        Tensor Pack(Tensor v)
        {
            if (!square)
                return map.EventRank == 1 && v.shape[^1] != shape[^1] ? v.narrow(-1, 0, shape[^1]) : v;
            return stack(Enumerable.Range(0, free!.Length / 2).Select(i => v[(long)free[2 * i], (long)free[2 * i + 1]]));
        }
        var leaf = x.clone().requires_grad_();
        var y = map.Forward(leaf);
        var outputs = Pack(y);
        var rows = new List<Tensor>();
        for (var i = 0L; i < outputs.shape[0]; i++)
        {
            leaf.grad = null;
            outputs[i].backward(retain_graph: true);
            rows.Add(Pack(leaf.grad!).clone());
        }
        using var noGrad = no_grad();
        var jacobian = stack(rows);
        var expected = linalg.slogdet(jacobian).Item2.Number();
        Numeric.Close(expected, map.LogDetJacobian(x, map.Forward(x)).sum().Number(), 1e-8);
    }

    [Test]
    public void FarValuesAreNumbers()
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
            foreach (var map in new Bijector[] { Softplus.Instance, Tanh.Instance, Sigmoid.Instance })
            {
                var x = tensor(new[] { -1e4, -100, 0, 100, 1e4 }, dtype);
                Assert.That(map.LogDetJacobian(x, map.Forward(x)).Numbers().Select(d => double.IsFinite(d)), Has.All.True);
            }
        Numeric.Close([0, 1e4], Softplus.Instance.Forward(Numeric.Double(-1e4, 1e4)).Numbers());
        Numeric.Close(-30, Softplus.Instance.Inverse(Softplus.Instance.Forward(Numeric.Scalar(-30))).Number());
    }

    [Test]
    public void FarValuesComeBack()
    {
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var tolerance = dtype == ScalarType.Float32 ? 1e-5 : 1e-12;
            foreach (var far in new[] { 1.0, 10, 20, 30 })
            {
                // A small rest of a stick, or of a row of length 1, has all its digits.
                var x = far * tensor(new[] { 0.5, -1, 1, 0.3 }, dtype);
                var stick = StickBreaking.Instance.Forward(x);
                Numeric.Close(1, stick.sum().Number(), tolerance);
                Numeric.Close(x.Numbers(), StickBreaking.Instance.Inverse(stick).Numbers(), tolerance);
                Assert.That(Constraints.Simplex.Find(stick), Is.Null);

                var y = far / 2 * tensor(new[,] { { 0, 0, 0 }, { 0.5, 0, 0 }, { -1, 0.7, 0 } }, dtype);
                var factor = CorrelationCholesky.Instance.Forward(y);
                Assert.That(Constraints.CorrelationCholesky.Find(factor), Is.Null);
                Numeric.Close(y.Numbers(), CorrelationCholesky.Instance.Inverse(factor).Numbers(), tolerance);
            }

            // In the set still where exp, or a sigmoid, is 0.
            foreach (var set in new[] { Constraints.Positive, Constraints.NonNegative, Constraints.UnitInterval, Constraints.OpenUnitInterval, Constraints.Simplex, Constraints.CorrelationCholesky })
            {
                var free = (set.EventRank == 2 ? tensor(new[,] { { 0.0, 0 }, { 1, 0 } }) : Numeric.Double(1, -1)).to_type(dtype) * -1000;
                var value = set.TransformTo().Forward(set == Constraints.Positive || set == Constraints.NonNegative ? -free.abs() : free);
                Assert.That(set.Find(value), Is.Null, $"{set} {dtype}: {set.Find(value)}");
            }
        }
    }

    [Test]
    public void SlopesAtZeroAreRight()
    {
        // Where a formula has a corner that the function has not.
        foreach (var (map, slope) in new (Bijector, double)[] { (Softplus.Instance, 0.5), (Tanh.Instance, 1), (Sigmoid.Instance, 0.25), (Exp.Instance, 1) })
        {
            var x = Numeric.Scalar(0).requires_grad_();
            map.Forward(x).backward();
            Numeric.Close(slope, x.grad!.Number(), 1e-12);
            Numeric.Close(Math.Log(slope), map.LogDetJacobian(x, map.Forward(x)).Number(), 1e-12);
        }
    }

    [Test]
    public void MapsOfOtherSizesAreRefused()
    {
        // Three numbers are broken into four parts.
        var refused = Assert.Throws<ArgumentException>(() => new Compose(new Permute(1, 0, 2), StickBreaking.Instance, new Permute(2, 1, 0)));
        Assert.That(refused.Message, Does.Contain("Permute takes vectors of 3, and the maps before it give vectors of 4"));
        Assert.Throws<ArgumentException>(() => new Compose(new Compose(new Permute(1, 0, 2), StickBreaking.Instance), new InverseAutoregressiveFlow(3, 10)));
        Assert.That(new Compose(new Permute(1, 0, 2), StickBreaking.Instance, new Permute(2, 1, 0, 3)), Is.Not.Null);
        Flow[] flows = [new AffineCoupling(4, 3), new SplineCoupling(4, 3), new Planar(4), new BatchNorm(4), new InverseAutoregressiveFlow(4, 3), new MaskedAutoregressiveFlow(4, 3)];
        foreach (var flow in flows)
        {
            Assert.Throws<ArgumentException>(() => new Compose(new Permute(1, 0, 2), flow));
            Assert.That(() => new TransformedDistribution(new Normal(zeros(3), 1), flow), Throws.TypeOf<ArgumentException>().With.Message.Contains("is given values of shape (3)"));
        }
        Assert.That(() => flows[0].Forward(zeros(3)), Throws.TypeOf<ArgumentException>().With.Message.Contains("A coupling of 4 variables"));
        Assert.Throws<ArgumentException>(() => flows[1].Inverse(zeros(2, 5)));
        var back = new TransformedDistribution(new Dirichlet(Numeric.Double(1, 2, 3)), new Inverted(StickBreaking.Instance));
        Assert.That(back.Shape, Is.EqualTo([2]));
        Assert.That(double.IsFinite(back.LogProb(back.Sample().clone()).Number()), Is.True);
        Assert.Throws<ArgumentException>(() => new TransformedDistribution(new Normal(zeros(3), 1), StickBreaking.Instance, new Permute(2, 1, 0)).Sample());
    }

    [Test]
    public void OrdersArePermutations()
    {
        Assert.Throws<ArgumentException>(() => new Permute(0, 0));
        Assert.Throws<ArgumentException>(() => new Permute(1, 2));
    }

    [Test]
    public void ConstraintsHaveTheirBijections()
    {
        Assert.That(Constraints.TransformTo(Constraints.Ordered), Is.SameAs(Ordered.Instance));
        Assert.Throws<NotSupportedException>(() => Constraints.TransformTo(Constraints.Boolean));
        Assert.That(Constraints.Ordered.Find(Numeric.Double(1, 3, 2)), Is.Not.Null);
        Assert.That(Constraints.PositiveDefinite.Find(tensor(new[,] { { 1.0, 2 }, { 2, 1 } })), Is.Not.Null);
        Assert.That(Constraints.PositiveDefinite.Find(tensor(new[,] { { 1.0, 0.5 }, { 0.2, 1 } })), Is.Not.Null);
        Assert.That(Constraints.PositiveDefinite.Find(tensor(new[,] { { double.NaN, 0 }, { 0, 1 } })), Is.Not.Null);
        Assert.That(Constraints.PositiveDefinite.Find(tensor(new[,] { { 1.0, 0.5 }, { 0.5, 1 } })), Is.Null);
    }
}
