using Pyro.Distributions;
using Pyro.Poutines;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>The reference's fixtures: parameters, data, log densities of each batch element and moments, in its shapes.</summary>
public class FixtureTests
{
    private static Tensor V(params double[] values) => tensor(values);

    private static Tensor M(double[,] values) => tensor(values);

    private static Tensor C(double[,,] values) => tensor(values);

    /// <summary>A fixture: the log density of each batch element, of shape batch + (1,), and the moments where there are such.</summary>
    private static void Check(Distribution distribution, Tensor x, double[] expected, long[] batch, double[]? mean = null, double[]? variance = null)
    {
        var density = distribution.BatchLogPdf(x);
        Assert.That(density.shape, Is.EqualTo([.. batch, 1]));
        Numeric.Close(expected, density.Numbers(), 2e-10);
        Numeric.Close(expected.Sum(), distribution.LogPdf(x).Number(), 2e-10);
        if (mean is not null)
            Numeric.Close(mean, distribution.AnalyticMean.Numbers(), 2e-10);
        if (variance is not null)
            Numeric.Close(variance, distribution.AnalyticVar.Numbers(), 2e-10);

        // Shape identities of the reference: a sample has batch + event, and a value of the wrong shape is refused.
        Assert.That(distribution.BatchShape.Concat(distribution.EventShape), Is.EqualTo(distribution.Shape));
        Assert.That(distribution.Sample().shape, Is.EqualTo(distribution.Shape));
        if (distribution.Shape[^1] == 1)
            return;
        Assert.Throws<ArgumentException>(() => distribution.LogPdf(ones([.. distribution.Shape, 1], ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => distribution.LogPdf(ones([.. distribution.Shape[..^1], distribution.Shape[^1] + 1], ScalarType.Float64)));
    }

    [Test]
    public void Uniform()
    {
        Check(new Uniform(V(2), V(2.5)), V(2.2), [0.6931471806], [], [2.25], [0.0208333333333]);
        Check(new Uniform(V(2, 4), V(3, 5)), C(new[,,] { { { 2.5, 4.5 } }, { { 2.5, 4.5 } }, { { 2.5, 4.5 } } }), [0, 0, 0], [3, 1], [2.5, 4.5], [1.0 / 12, 1.0 / 12]);
        Check(new Uniform(M(new double[,] { { 2 }, { -3 }, { 0 } }), M(new[,] { { 2.5 }, { 0 }, { 1 } })), M(new[,] { { 2.2 }, { -2 }, { 0.7 } }),
            [0.6931471806, -1.0986122887, 0], [3]);
    }

    [Test]
    public void Exponential()
    {
        var three = C(new[,,] { { { 5.5, 3.2 } }, { { 5.5, 3.2 } }, { { 5.5, 3.2 } } });
        Check(new Exponential(V(2.4)), V(5.5), [-12.3245312626], [], [0.4166666667], [0.1736111111]);
        Check(new Exponential(V(2.4, 5.5)), three, [-28.2197831704, -28.2197831704, -28.2197831704], [3, 1]);
        Check(new Exponential(M(new[,] { { 2.4, 5.5 } })), three, [-28.2197831704, -28.2197831704, -28.2197831704], [3, 1]);
        Check(new Exponential(M(new[,] { { 2.4 }, { 5.5 } })), M(new[,] { { 5.5 }, { 3.2 } }), [-12.3245312626, -15.8952519078], [2]);
    }

    [Test]
    public void Gamma()
    {
        Check(new Gamma(V(2.4), V(3.2)), V(5.5), [-12.6386500498], [], [0.75], [0.234375]);
        var square = M(new[,] { { 2.4, 2.4 }, { 3.2, 3.2 } });
        Check(new Gamma(square, square), C(new[,,] { { { 5.5, 4.4 }, { 5.5, 4.4 } } }), [-15.5305750192, -18.9966686786], [1, 2]);
        Check(new Gamma(M(new[,] { { 2.4 }, { 2.4 } }), M(new[,] { { 3.2 }, { 3.2 } })), M(new[,] { { 5.5 }, { 4.4 } }), [-12.6386500498, -9.4310510216], [2]);
    }

    [Test]
    public void Beta()
    {
        Check(new Beta(V(2.4), V(3.6)), V(0.4), [0.6467554653], [], [0.4], [0.0342857143]);
        var outside = new Beta(M(new[,] { { 2.4, 2.4 }, { 3.6, 3.6 } }), 2.5);
        Check(outside, C(new[,,] { { { 5.5, 4.4 }, { 5.5, 4.4 } } }), [double.NegativeInfinity, double.NegativeInfinity], [1, 2]);
        Check(new Beta(M(new[,] { { 2.4 }, { 3.7 } }), M(new[,] { { 3.6 }, { 2.5 } })), M(new[,] { { 0.4 }, { 0.6 } }), [0.6467554653, 0.6658783087], [2]);
    }

    [Test]
    public void Normal()
    {
        Check(new Normal(V(2), V(4)), V(2), [-2.3052328943], [], [2], [16]);
        Check(new Normal(M(new double[,] { { 2 } }), M(new double[,] { { 4 } })), M(new double[,] { { 2 } }), [-2.3052328943], [1]);
        Check(new Normal(C(new double[,,] { { { 2 } } }), C(new double[,,] { { { 4 } } })), C(new double[,,] { { { 2 } } }), [-2.3052328943], [1, 1]);
        Check(new Normal(V(2, 50), V(4, 100)), M(new double[,] { { 2, 50 }, { 2, 50 } }), [-7.8293416135, -7.8293416135], [2]);
    }

    [Test]
    public void LogNormal()
    {
        Check(new LogNormal(V(1.4), V(0.4)), V(5.5), [-1.9976190177], [], [4.3929456809], [3.3484078877]);
        Check(new LogNormal(V(1.4), V(0.4)), M(new[,] { { 5.5 } }), [-1.9976190177], [1]);
        var (mu, sigma) = (M(new[,] { { 1.4, 0.4 }, { 1.4, 0.4 } }), M(new[,] { { 2.6, 0.5 }, { 2.6, 0.5 } }));
        Check(new LogNormal(mu, sigma), M(new[,] { { 5.5, 6.4 }, { 5.5, 6.4 } }), [-9.9097642733, -9.9097642733], [2]);
        Check(new LogNormal(M(new[,] { { 1.4 }, { 0.4 } }), M(new[,] { { 2.6 }, { 0.5 } })), M(new[,] { { 5.5 }, { 6.4 } }), [-3.5860672568, -6.3236970165], [2]);
    }

    [Test]
    public void Dirichlet()
    {
        var (one, two) = (V(2.4, 3, 6), M(new[,] { { 2.4, 3, 6 }, { 3.2, 1.2, 0.4 } }));
        var x = V(0.2, 0.45, 0.35);
        Check(new Dirichlet(one), x, [1.2557948396], [], [0.2105263158, 0.2631578947, 0.5263157895], [0.0134036279, 0.0156375659, 0.0201054419]);
        Check(new Dirichlet(one), stack([x, x]), [1.2557948396, 1.2557948396], [2]);
        Check(new Dirichlet(two), M(new[,] { { 0.2, 0.45, 0.35 }, { 0.3, 0.4, 0.3 } }), [1.2557948396, -0.8249999122], [2]);
    }

    [Test]
    public void Cauchy()
    {
        Check(new Cauchy(V(0.5), V(1.2)), V(1), [-1.4871368580], []);
        Check(new Cauchy(V(0.5, 0.5), V(1.2, 1.2)), M(new double[,] { { 1, 1 }, { 1, 1 } }), [-2.9742737160, -2.9742737160], [2]);
        Check(new Cauchy(M(new[,] { { 0.5 }, { 0.3 } }), M(new[,] { { 1.2 }, { 1 } })), M(new[,] { { 0.4 }, { 0.35 } }), [-1.3339718855, -1.1472267660], [2]);
        Assert.Throws<NotSupportedException>(() => _ = new Cauchy(0, 1).AnalyticMean);
        Assert.Throws<NotSupportedException>(() => _ = new Cauchy(0, 1).AnalyticVar);
    }

    [Test]
    public void HalfCauchy()
    {
        Check(new HalfCauchy(V(0.5), V(1.2)), V(1), [-0.7939896774], []);
        Check(new HalfCauchy(V(0.5, 0.5), V(1.2, 1.2)), M(new double[,] { { 1, 1 }, { 1, 1 } }), [-1.5879793549, -1.5879793549], [2]);
        Check(new HalfCauchy(M(new[,] { { 0.5 }, { 0.3 } }), M(new[,] { { 1.2 }, { 1 } })), M(new[,] { { 1 }, { 0.35 } }), [-0.7939896774, -0.4540795855], [2]);
        Assert.Throws<NotSupportedException>(() => _ = new HalfCauchy(0, 1).AnalyticMean);
    }

    [Test]
    public void Multinomial()
    {
        var ps = M(new[,] { { 0.1, 0.6, 0.3 }, { 0.2, 0.4, 0.4 } });
        Check(new Multinomial(8, ps: ps[0]), V(2, 4, 2), [-3.0161635784], [], [0.8, 4.8, 2.4], [0.72, 1.92, 1.68]);
        Check(new Multinomial(8, ps: ps[0]), M(new double[,] { { 2, 4, 2 }, { 2, 4, 2 } }), [-3.0161635784, -3.0161635784], [2]);
        Check(new Multinomial(V(8, 8), ps: ps), M(new double[,] { { 2, 4, 2 }, { 1, 4, 3 } }), [-3.0161635784, -2.3886834324], [2]);
    }

    [Test]
    public void Bernoulli()
    {
        Check(new Bernoulli(ps: V(0.25)), V(1), [-1.3862943611], []);
        var x = C(new double[,,] { { { 0, 1 } }, { { 1, 0 } }, { { 0, 0 } } });
        double[] expected = [-1.6739764336, -1.6739764336, -0.5753641449];
        Check(new Bernoulli(ps: V(0.25, 0.25)), x, expected, [3, 1]);
        Check(new Bernoulli(logits: V(0.25, 0.25).logit()), x, expected, [3, 1]);
        var ps = M(new[,] { { 0.25, 0.25 }, { 0.3, 0.3 } });
        foreach (var rows in new[] { new Bernoulli(ps: ps), new Bernoulli(logits: ps.logit()) })
        {
            Check(rows, M(new double[,] { { 1, 1 }, { 0, 0 } }), [-2.7725887222, -0.7133498879], [2]);
            Assert.That(rows.EnumerateSupport().Numbers(), Is.EqualTo([0.0, 0, 0, 0, 1, 1, 1, 1]));
            Assert.That(rows.EnumerateSupport().shape, Is.EqualTo([2, 2, 2]));
        }
        Assert.That(new Bernoulli(ps: V(0.25)).EnumerateSupport().shape, Is.EqualTo([2, 1]));
    }

    [Test]
    public void Poisson()
    {
        Check(new Poisson(V(2)), V(0), [-2], []);
        Check(new Poisson(V(3)), V(1), [-1.9013877113], []);
        Check(new Poisson(V(6)), V(4), [-2.0110159534], []);
        Check(new Poisson(V(2, 3, 6)), M(new double[,] { { 0, 1, 4 }, { 0, 1, 4 } }), [-5.9124036648, -5.9124036648], [2]);
        Check(new Poisson(M(new double[,] { { 2 }, { 3 }, { 6 } })), M(new double[,] { { 0 }, { 1 }, { 4 } }), [-2, -1.9013877113, -2.0110159534], [3]);
    }

    [Test]
    public void Categorical()
    {
        var ps = M(new[,] { { 0.1, 0.6, 0.3 }, { 0.2, 0.4, 0.4 } });
        foreach (var one in new[] { new OneHotCategorical(ps: ps[0]), new OneHotCategorical(logits: ps[0].log()) })
            Check(one, V(0, 0, 1), [-1.2039728043], []);
        foreach (var two in new[] { new OneHotCategorical(ps: ps), new OneHotCategorical(logits: ps.log()) })
        {
            Check(two, M(new double[,] { { 0, 0, 1 }, { 1, 0, 0 } }), [-1.2039728043, -1.6094379124], [2]);
            Assert.That(two.EnumerateSupport().shape, Is.EqualTo([3, 2, 3]));
        }

        // test_categorical.py: index data, and values of each row.
        Numeric.Close(Math.Log(0.3), new Categorical(ps: ps[0]).LogProb(tensor(2)).Number());
        Assert.That(new Categorical(ps: ps[0]).EnumerateSupport().Numbers<long>(), Is.EqualTo([0L, 1, 2]));
        Assert.That(new Categorical(ps: ps).EnumerateSupport().Numbers<long>(), Is.EqualTo([0L, 0, 1, 1, 2, 2]));
        using var generator = new Generator(5);
        Assert.That(new Categorical(ps: ps[0]).Expand(50000).Sample(generator).eq(0).to_type(ScalarType.Float64).mean().Number(), Is.InRange(0.094, 0.106));
    }

    [Test]
    public void Delta()
    {
        var rows = M(new double[,] { { 0 }, { 1 }, { 2 }, { 3 } }).expand(4, 3);
        Check(new Delta(V(3)), M(new double[,] { { 3 }, { 3 }, { 3 } }), [0, 0, 0], [3], [3], [0]);
        Check(new Delta(rows), rows, [0, 0, 0, 0], [4]);
        Assert.That(new Delta(rows).LogPdf(rows + 4).Number(), Is.EqualTo(double.NegativeInfinity));
    }

    [Test]
    public void MasksCountElements()
    {
        var normal = new Normal(V(2, 50), V(4, 100));
        var x = V(1, 30);
        Assert.That(normal.Mask(zeros(1)).LogProb(x).Numbers(), Is.EqualTo([0.0, 0]));
        Assert.That(normal.Mask(ones(2)).LogProb(x).Numbers(), Is.EqualTo(normal.LogProb(x).Numbers()));

        // The reference's mask of a half is a scale.
        var half = Runs.Program(() => Primitives.Observe("x", normal, x)).Scale(0.5).Trace(default, Runs.Context());
        Numeric.Close(normal.LogPdf(x).Number() / 2, half.LogPdf().Number());
    }

    [Test]
    public void TensorTypesAreKept()
    {
        // test_tensor_type.py, where the reference refused a mix that has a meaning.
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var density = new Beta(tensor(2.4, dtype), tensor(3.7, dtype)).LogPdf(tensor(0.4, dtype));
            Assert.That(density.dtype, Is.EqualTo(dtype));
            Numeric.Close(0.6520368503, density.Number(), 1e-6);
        }
        Assert.That(new Beta(tensor(2.4f), tensor(3.7)).Alpha.dtype, Is.EqualTo(ScalarType.Float64));
    }
}
