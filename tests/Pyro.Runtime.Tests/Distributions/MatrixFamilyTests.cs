using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Families with matrices: normal vectors and correlation matrices.</summary>
public class MatrixFamilyTests
{
    private static Tensor Mu => Numeric.Double(0.5, -1, 2);
    private static Tensor Factor => tensor(new[,] { { 1.2, 0, 0 }, { 0.4, 0.7, 0 }, { -0.3, 0.2, 1.5 } });

    [Test]
    public void ThreeMatricesAreOneDistribution()
    {
        var covariance = Factor.matmul(Factor.mT);
        using var generator = new Generator(3);
        var x = randn([6, 3], ScalarType.Float64, generator: generator);
        var expected = new MultivariateNormal(Mu, scaleTril: Factor).LogProb(x).Numbers();
        Numeric.Close(expected, new MultivariateNormal(Mu, covariance).LogProb(x).Numbers());
        Numeric.Close(expected, new MultivariateNormal(Mu, precision: linalg.inv(covariance)).LogProb(x).Numbers());

        // The formula itself, with an inverse and a determinant.
        var z = x - Mu;
        var direct = -0.5 * z.matmul(linalg.inv(covariance)).mul(z).sum(-1) - 0.5 * linalg.slogdet(covariance).Item2 - 1.5 * Math.Log(2 * Math.PI);
        Numeric.Close(direct.Numbers(), expected);
    }

    [Test]
    public void BatchesOfMatricesAreScoredOneByOne()
    {
        var factors = stack([Factor, 2 * Factor]);
        var x = tensor(new[,] { { 0.1, 0.2, 0.3 }, { 1, -1, 0 } });
        var batch = new MultivariateNormal(Mu, scaleTril: factors);
        Assert.That(batch.Shape, Is.EqualTo([2, 3]));
        Numeric.Close(
            [new MultivariateNormal(Mu, scaleTril: factors[0]).LogProb(x[0]).Number(), new MultivariateNormal(Mu, scaleTril: factors[1]).LogProb(x[1]).Number()],
            batch.LogProb(x).Numbers());
    }

    [Test]
    public void SamplesHaveTheCovariance()
    {
        using var generator = new Generator(8);
        using var noGrad = no_grad();
        const int Count = 60000;
        var covariance = Factor.matmul(Factor.mT);
        var tall = tensor(new[,] { { 1.0, 0.2 }, { -0.5, 0.6 }, { 0.1, -0.8 } });
        var rest = Numeric.Double(0.3, 0.2, 0.5);
        foreach (var (distribution, expected) in new (Distribution, Tensor)[]
        {
            (new MultivariateNormal(Mu, covariance), covariance),
            (new MultivariateNormal(Mu, precision: linalg.inv(covariance)), covariance),
            (new LowRankMultivariateNormal(Mu, tall, rest), tall.matmul(tall.mT) + diag(rest)),
        })
        {
            var z = distribution.Expand(Count).Sample(generator) - Mu;
            Assert.That((z.mT.matmul(z) / Count - expected).Numbers(), Has.All.InRange(-0.05, 0.05));
            Numeric.Close(expected.diagonal().Numbers(), distribution.AnalyticVar.Numbers());
        }
    }

    [Test]
    public void LowRankIsTheFullCovariance()
    {
        var tall = tensor(new[,] { { 1.0, 0.2 }, { -0.5, 0.6 }, { 0.1, -0.8 } });
        var rest = Numeric.Double(0.3, 0.2, 0.5);
        var x = tensor(new[,] { { 0.1, 0.2, 0.3 }, { 1, -1, 0 } });
        Numeric.Close(
            new MultivariateNormal(Mu, tall.matmul(tall.mT) + diag(rest)).LogProb(x).Numbers(),
            new LowRankMultivariateNormal(Mu, tall, rest).LogProb(x).Numbers());
    }

    [Test]
    public void WrongMatricesAreNamed()
    {
        var indefinite = tensor(new[,] { { 1.0, 2 }, { 2, 1 } });
        var zero = zeros(2, ScalarType.Float64);
        Assert.That(() => new MultivariateNormal(zero, indefinite).LogProb(zero), Throws.TypeOf<ArgumentException>().With.Message.Contains("covariance"));
        Assert.That(() => new MultivariateNormal(zero, precision: indefinite).Sample(), Throws.TypeOf<ArgumentException>().With.Message.Contains("precision"));
        Assert.That(new MultivariateNormal(zero, indefinite).Parameters[1].Constraint.Find(indefinite), Is.Not.Null);
        Assert.Throws<ArgumentException>(() => new MultivariateNormal(zero));
        Assert.Throws<ArgumentException>(() => new MultivariateNormal(zero, indefinite, indefinite));
        Assert.Throws<ArgumentException>(() => new MultivariateNormal(Mu, indefinite));
        Assert.Throws<ArgumentException>(() => new LowRankMultivariateNormal(Mu, indefinite, 1));
    }

    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(2.5)]
    public void CorrelationsOfTwoIntegrateToOne(double eta)
    {
        // r = sin t, so that the ends have no pole.
        const int Points = 4000;
        var t = (arange(0, Points, ScalarType.Float64) + 0.5) * (Math.PI / Points) - Math.PI / 2;
        var (r, s) = (t.sin(), t.cos());
        var rows = stack([stack([ones_like(r), zeros_like(r)], -1), stack([r, s], -1)], -2);
        var total = (new LKJCholesky(2, Numeric.Scalar(eta)).LogProb(rows).exp() * s).sum().Number() * Math.PI / Points;
        Numeric.Close(1, total, 1e-4);
    }

    [Test]
    public void FactorsOfThreeIntegrateToOne()
    {
        // The second row by its angle, the third by its height and angle on the half ball.
        const int Points = 60;
        var unit = (arange(0, Points, ScalarType.Float64) + 0.5) / Points;
        var grid = meshgrid([unit, unit, unit], indexing: "ij");
        var (t, radius, angle) = ((grid[0] - 0.5) * Math.PI, grid[1], grid[2] * 2 * Math.PI);
        var (zero, one) = (zeros_like(t), ones_like(t));
        var rows = stack(
            [stack([one, zero, zero], -1), stack([t.sin(), t.cos(), zero], -1), stack([radius * angle.cos(), radius * angle.sin(), (1 - radius.square()).sqrt()], -1)], -2);
        var density = new LKJCholesky(3, Numeric.Scalar(1.8)).LogProb(rows).exp();
        var total = (density * t.cos() * radius).sum().Number() * Math.PI * 2 * Math.PI / Math.Pow(Points, 3);
        Numeric.Close(1, total, 2e-3);
    }

    [TestCase(2, 1.0)]
    [TestCase(3, 0.7)]
    [TestCase(4, 2.0)]
    public void EachCorrelationIsABeta(int size, double eta)
    {
        const int Count = 20000;
        using var generator = new Generator(9);
        using var noGrad = no_grad();
        var factors = new LKJCholesky(size, Numeric.Scalar(eta)).Expand(Count).Sample(generator);
        Assert.That(Constraints.CorrelationCholesky.Check(factors).all().item<bool>(), Is.True);
        var correlations = factors.matmul(factors.mT);
        var marginal = new Mass(new Beta(Numeric.Scalar(eta - 1 + size / 2.0), Numeric.Scalar(eta - 1 + size / 2.0)), 0);
        for (var i = 0; i < size; i++)
            for (var j = 0; j < i; j++)
                Assert.That(marginal.Distance(((correlations.select(-2, i).select(-1, j) + 1) / 2).Numbers()), Is.InRange(0, 2.2 / Math.Sqrt(Count)));
    }

    [Test]
    public void OtherMatricesAreNoFactors()
    {
        var lkj = new LKJCholesky(2, 1);
        Assert.That(lkj.LogProb(tensor(new[,] { { 1f, 0 }, { 0.5f, 0.5f } })).Number(), Is.EqualTo(double.NegativeInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LKJCholesky(1, 1));
    }
}
