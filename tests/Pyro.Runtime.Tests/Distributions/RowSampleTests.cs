using Pyro.Distributions;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// Samples of rows follow their densities: each number by its marginal distribution, which is known (Kolmogorov and Smirnov), or all outcomes by their frequencies
/// (chi-square). Seeds are fixed; a limit is passed by chance once in 16,000 times.
/// </summary>
public class RowSampleTests
{
    private const int Count = 20000;
    private static readonly double s_distance = 2.2 / Math.Sqrt(Count);

    private static Tensor Samples(Distribution distribution, ulong seed)
    {
        using var generator = new Generator(seed);
        using var noGrad = no_grad();
        return distribution.Expand([Count, .. distribution.Shape[..^distribution.EventRank]]).Sample(generator);
    }

    private static void Follows(Distribution marginal, Tensor samples, int largest = 0) =>
        Assert.That(new Mass(marginal, largest).Distance(samples.contiguous().Numbers()), Is.InRange(0, s_distance));

    [Test]
    public void PartsOfADirichletAreBetas()
    {
        double[] alpha = [0.4, 1.7, 3];
        var x = Samples(new Dirichlet(Numeric.Double(alpha)), 1);
        for (var k = 0; k < 3; k++)
            Follows(new Beta(Numeric.Scalar(alpha[k]), Numeric.Scalar(alpha.Sum() - alpha[k])), x.select(-1, k));
    }

    [Test]
    public void CountsOfAMultinomialAreBinomials()
    {
        double[] ps = [0.2, 0.3, 0.5];
        var x = Samples(new Multinomial(7, ps: Numeric.Double(ps)), 2);
        for (var k = 0; k < 3; k++)
            Follows(new Binomial(Numeric.Scalar(7), ps: Numeric.Scalar(ps[k])), x.select(-1, k), 8);
    }

    public static IEnumerable<string> Finite => s_finite.Keys;

    private static readonly Dictionary<string, Func<Distribution>> s_finite = new()
    {
        ["Categorical"] = () => new Categorical(ps: Numeric.Double(0.1, 0.2, 0.3, 0.4)),
        ["Categorical of values"] = () => new Categorical<string>(["a", "b", "c"], logits: Numeric.Double(0.1, -1, 1)),
        ["OneHotCategorical"] = () => new OneHotCategorical(logits: Numeric.Double(0, 1, -1, 0.5)),
        ["Multinomial"] = () => new Multinomial(3, ps: Numeric.Double(0.2, 0.3, 0.5)),
        ["Bernoulli"] = () => new Bernoulli(logits: Numeric.Scalar(0.4)),
        ["Binomial"] = () => new Binomial(Numeric.Scalar(6), ps: Numeric.Scalar(0.3)),
        ["BetaBinomial"] = () => new BetaBinomial(Numeric.Scalar(0.7), Numeric.Scalar(1.3), Numeric.Scalar(6)),
        ["Mixture"] = () => new Mixture(new Binomial(Numeric.Double(2, 6), ps: Numeric.Double(0.5, 0.9)), ps: Numeric.Double(0.3, 0.7)),
        ["ZeroInflated"] = () => new ZeroInflated(new Binomial(Numeric.Scalar(5), ps: Numeric.Scalar(0.6)), Numeric.Scalar(0.3)),
        ["Empirical"] = () => new Empirical(Numeric.Double(1, 4, 1, 2), Numeric.Double(0, 1, 0.5, -1)),
    };

    [TestCaseSource(nameof(Finite))]
    public void OutcomesHaveTheirFrequencies(string name)
    {
        var distribution = s_finite[name]();
        var support = distribution.EnumerateSupport();
        var probabilities = distribution.LogProb(support).exp().Numbers();
        var x = Samples(distribution, 3);
        var chiSquare = 0.0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var hits = x.eq(support[i]);
            if (distribution.EventRank > 0)
                hits = hits.all(-1);
            var expected = Count * probabilities[i];
            chiSquare += Math.Pow(hits.sum().Number() - expected, 2) / expected;
        }

        // The mean is the degrees of freedom, the variance twice that; 5 standard deviations.
        var freedom = probabilities.Length - 1;
        Assert.That(chiSquare, Is.InRange(0, freedom + 5 * Math.Sqrt(2 * freedom) + 5));
    }

    [Test]
    public void NormalVectorsAreWhite()
    {
        var mu = Numeric.Double(0.5, -1, 2);
        var factor = tensor(new[,] { { 1.2, 0, 0 }, { 0.4, 0.7, 0 }, { -0.3, 0.2, 1.5 } });
        var covariance = factor.matmul(factor.mT);
        var tall = tensor(new[,] { { 1.0, 0.2 }, { -0.5, 0.6 }, { 0.1, -0.8 } });
        var rest = Numeric.Double(0.3, 0.2, 0.5);
        var standard = new Normal(Numeric.Scalar(0), 1);
        foreach (var (distribution, cholesky) in new (Distribution, Tensor)[]
        {
            (new MultivariateNormal(mu, covariance), factor),
            (new MultivariateNormal(mu, precision: linalg.inv(covariance)), factor),
            (new LowRankMultivariateNormal(mu, tall, rest), linalg.cholesky(tall.matmul(tall.mT) + diag(rest))),
        })
        {
            var white = linalg.inv(cholesky).matmul((Samples(distribution, 4) - mu).mT);
            for (var k = 0; k < 3; k++)
                Follows(standard, white[k]);
            Follows(new Chi2(Numeric.Scalar(3)), white.square().sum(0L));
        }
    }

    [Test]
    public void DensityOfNormalVectorsIntegratesToOne()
    {
        var grid = linspace(-12, 12, 601, ScalarType.Float64);
        var points = stack([grid.unsqueeze(1).expand(601, 601), grid.unsqueeze(0).expand(601, 601)], -1);
        var mu = Numeric.Double(0.5, -1);
        var factor = tensor(new[,] { { 1.2, 0 }, { 0.4, 0.7 } });
        var cell = (24.0 / 600) * (24.0 / 600);
        foreach (var distribution in new Distribution[]
        {
            new MultivariateNormal(mu, scaleTril: factor), new MultivariateNormal(mu, precision: factor.matmul(factor.mT)),
            new LowRankMultivariateNormal(mu, tensor(new[,] { { 0.8 }, { -0.5 } }), Numeric.Double(0.5, 0.9)),
            new Normal(mu, Numeric.Double(0.7, 1.3)).ToEvent(1),
        })
            Numeric.Close(1, distribution.LogProb(points).exp().sum().Number() * cell, 1e-6);
    }

    [Test]
    public void DensityOfMappedRowsIntegratesToOne()
    {
        // On the simplex of three parts by its first two; ordered pairs in the plane.
        const int Points = 800;
        var unit = (arange(0, Points, ScalarType.Float64) + 0.5) / Points;
        var (a, b) = (unit.unsqueeze(1).expand(Points, Points), unit.unsqueeze(0).expand(Points, Points));
        var simplex = new TransformedDistribution(new Normal(Numeric.Double(0.3, -0.2), Numeric.Double(0.6, 0.5)), StickBreaking.Instance);
        Numeric.Close(1, simplex.LogProb(stack([a, b, 1 - a - b], -1)).exp().sum().Number() / Points / Points, 2e-3);
        var ordered = new TransformedDistribution(new Normal(Numeric.Double(0.3, -0.2), Numeric.Double(0.6, 0.5)), Ordered.Instance);
        Numeric.Close(1, ordered.LogProb(stack([a, b], -1) * 16 - 6).exp().sum().Number() * 256 / Points / Points, 2e-3);
    }

    [Test]
    public void MixturesAndMapsFollowTheirDensities()
    {
        var weights = Numeric.Double(0.2, 0.5, 0.3);
        foreach (var distribution in new Distribution[]
        {
            new Mixture(new Normal(Numeric.Double(-3, 0, 4), Numeric.Double(0.5, 1, 2)), ps: weights),
            new Mixture(new Gamma(Numeric.Double(0.5, 2, 9), Numeric.Double(1, 1, 2)), ps: weights),
            new Mixture(new Beta(Numeric.Double(0.5, 2, 9), Numeric.Double(1, 1, 2)), logits: weights),
            new TransformedDistribution(new Normal(Numeric.Scalar(0.3), 0.8), Exp.Instance),
            new TransformedDistribution(new Normal(Numeric.Scalar(0.3), 0.8), Sigmoid.Instance, new Affine(-1, 3)),
            new TransformedDistribution(new Gamma(Numeric.Scalar(2.5), 1.5), new Power(0.5)),
            new TransformedDistribution(new Normal(Numeric.Scalar(0.3), 0.8), Softplus.Instance),
        })
        {
            Numeric.Close(1, new Mass(distribution, 0).Total, 1e-6);
            Follows(distribution, Samples(distribution, 5));
        }
        var inflated = new ZeroInflated(new Poisson(Numeric.Scalar(3.5)), Numeric.Scalar(0.3));
        Numeric.Close(1, new Mass(inflated, 200).Total, 1e-9);
        Follows(inflated, Samples(inflated, 6), 200);
    }

    [Test]
    public void ARelaxedPairIsARelaxedBernoulli()
    {
        var (temperature, logits) = (Numeric.Scalar(0.8), Numeric.Double(0.4, -0.3));
        var x = Samples(new RelaxedOneHotCategorical(temperature, logits: logits), 7);
        Follows(new RelaxedBernoulli(temperature, logits: Numeric.Scalar(0.7)), x.select(-1, 0));
    }

    [TestCase("coupling")]
    [TestCase("autoregressive")]
    [TestCase("planar")]
    public void FlowsHaveTheMassTheySay(string name)
    {
        // E_q[p/q] is 1 under a wide normal q: the density of a flow integrates to one.
        using var scope = NewDisposeScope();
        manual_seed(4);
        Flow flow = name switch
        {
            "coupling" => new AffineCoupling(2, 6, dtype: ScalarType.Float64),
            "autoregressive" => new MaskedAutoregressiveFlow(2, 7, dtype: ScalarType.Float64),
            _ => new Planar(2, ScalarType.Float64),
        };
        using var noGrad = no_grad();
        var made = new TransformedDistribution(new Normal(zeros(2, ScalarType.Float64), 1), flow);
        var wide = new Normal(zeros(2, ScalarType.Float64), 3).ToEvent(1);
        var x = Samples(wide, 8);
        var ratio = (made.LogProb(x) - wide.LogProb(x)).exp();
        var error = ratio.std().Number() / Math.Sqrt(Count);
        Assert.That(ratio.mean().Number(), Is.InRange(1 - 4.5 * error, 1 + 4.5 * error));
        Assert.That(error, Is.InRange(0, 0.05));
    }
}
