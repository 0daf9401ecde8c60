using FsCheck;
using FsCheck.Fluent;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Distribution functions, quantiles, entropies and divergences against sums over the density.</summary>
public class ClosedFormTests
{
    public static IEnumerable<string> WithCdf => NamesWhere(example => Has(() => example.Cdf(Numeric.Scalar(0.5))));

    public static IEnumerable<string> WithIcdf => NamesWhere(example => !example.Support.IsDiscrete && Has(() => example.Icdf(Numeric.Scalar(0.5))));

    public static IEnumerable<string> WithEntropy => NamesWhere(example => Has(() => example.Entropy()));

    public static IEnumerable<string> Pairs => Catalogue.Univariate.Where(family => family.Between is not null).Select(family => family.Name);

    [TestCaseSource(nameof(WithCdf))]
    public void TheDistributionFunctionIsTheSumOfTheDensity(string name) => ForAll(name, 4, family =>
    {
        var (distribution, mass) = family;
        var edges = Numeric.Double(-1e30, 1e30);
        Numeric.Close([0, 1], distribution.Cdf(edges).Numbers(), 1e-9);
        foreach (var x in new[] { -2.5, -1, 0, 0.3, 1, 2, 2.7, 6 })
            Numeric.Close(mass.Below(x), distribution.Cdf(Numeric.Scalar(x)).Number(), 1e-3);
    });

    [TestCaseSource(nameof(WithIcdf))]
    public void QuantilesInvertTheDistributionFunction(string name) => ForAll(name, 4, family =>
    {
        var p = Numeric.Double(0.001, 0.2, 0.5, 0.7, 0.999);
        Numeric.Close(p.Numbers(), family.Distribution.Cdf(family.Distribution.Icdf(p)).Numbers(), 1e-8);
    });

    [Test]
    public void QuantilesOfGammasAtTheEdges()
    {
        // Median of Gamma(1, 1) is ln 2; shapes from where samples vanish to where they are normal.
        Numeric.Close(Math.Log(2), new Gamma(Numeric.Scalar(1), 1).Icdf(Numeric.Scalar(0.5)).Number(), 1e-12);
        Assert.That(new Gamma(Numeric.Scalar(2), 3).Icdf(Numeric.Double(0, 1, 1.5)).Numbers(), Is.EqualTo([0, double.PositiveInfinity, double.NaN]));
        var alpha = Numeric.Double(1e-6, 1e-2, 1e6);
        var x = new Gamma(alpha, 1).Icdf(Numeric.Scalar(0.3));
        Assert.That(x[0].Number(), Is.EqualTo(0));
        Numeric.Close([0.3, 0.3], new Gamma(alpha, 1).Cdf(x).Numbers()[1..], 1e-9);
        Assert.That(new Gamma(2, 3).Icdf(tensor(0.5f)).dtype, Is.EqualTo(ScalarType.Float32));
    }

    [TestCaseSource(nameof(WithEntropy))]
    public void TheEntropyIsTheMeanOfMinusTheLogDensity(string name) => ForAll(name, 4, family =>
    {
        var entropy = family.Distribution.Entropy();
        Assert.That(entropy.shape, Is.EqualTo(family.Distribution.Shape));
        Numeric.Close(family.Mass.Mean(x => -family.Distribution.LogProb(x)), entropy.Number(), 1e-4);
    });

    [Test]
    public void QuantilesAndDistributionFunctionsGoTogether() => Assert.That(
        NamesWhere(example => Has(() => example.Icdf(Numeric.Scalar(0.5)))), Is.EqualTo(WithCdf));

    [TestCaseSource(nameof(Pairs))]
    public void TheDivergenceIsTheMeanOfTheDifference(string name)
    {
        var family = Catalogue.Find(name);
        var make = family.Make;
        var (first, second) = (Numbers(family.Between!.Value.P), Numbers(family.Between.Value.Q));
        var (p, q) = (make(first), make(second));
        var expected = new Mass(p, 400).Mean(x => p.LogProb(x) - q.LogProb(x));
        Numeric.Close(expected, Kl.Divergence(p, q).Number(), 1e-5);
        Numeric.Close(0, Kl.Divergence(p, make(first)).Number(), 1e-12);

        // Rows of events add up, masks of equal maps do not matter.
        var rows = Kl.Divergence(p.Expand(4, 3).ToEvent(1), q.Expand(4, 3).ToEvent(1));
        Assert.That(rows.shape, Is.EqualTo([4]));
        Numeric.Close(3 * expected, rows[0].Number(), 1e-5);
    }

    [Test]
    public void DivergencesBetweenFamilies()
    {
        var (normal, laplace, uniform) = (new Normal(Numeric.Scalar(0.3), 0.8), new Laplace(Numeric.Scalar(-0.4), 1.7), new Uniform(Numeric.Scalar(-1), 2.5));
        foreach (var (p, q) in new (Distribution, Distribution)[]
        {
            (normal, laplace), (laplace, normal), (uniform, normal), (new Gamma(Numeric.Scalar(2.3), 0.8), new Exponential(Numeric.Scalar(0.6))), (new Chi2(Numeric.Scalar(3)), new Gamma(Numeric.Scalar(2), 1.5)),
            (new Exponential(Numeric.Scalar(0.6)), new Chi2(Numeric.Scalar(3))), (new Bernoulli(Numeric.Scalar(0.3)), new Poisson(Numeric.Scalar(0.6))), (new Binomial(5, Numeric.Scalar(0.3)), new BetaBinomial(2, Numeric.Scalar(3), 7)),
        })
            Numeric.Close(new Mass(p, 400).Mean(x => p.LogProb(x) - q.LogProb(x)), Kl.Divergence(p, q).Number(), 1e-5);

        // Mass where the other has none, and a point, which has only its density to compare.
        Assert.That(Kl.Divergence(new Binomial(5, Numeric.Scalar(0.3)), new Binomial(4, Numeric.Scalar(0.3))).Number(), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Kl.Divergence(new Pareto(1, 2), new Pareto(2, 2)).Number(), Is.EqualTo(double.PositiveInfinity));
        Numeric.Close(-normal.LogProb(Numeric.Scalar(1.2)).Number(), Kl.Divergence(new Delta(Numeric.Scalar(1.2)), normal).Number());
        Assert.That(Kl.Divergence(new Delta(Numeric.Double(1, 2, 3)), normal).shape, Is.EqualTo([3]));
        Assert.That(Kl.Divergence(new Categorical(logits: zeros(2, 3)), new Categorical(logits: zeros(4, 1, 3))).shape, Is.EqualTo([4, 2]));
        Assert.Throws<ArgumentException>(() => Kl.Divergence(new Categorical(logits: zeros(3)), new Categorical(logits: zeros(4))));
        Assert.Throws<ArgumentException>(() => Kl.Divergence(new Categorical(logits: zeros(2, 3)), new Categorical(logits: zeros(5, 3))));
        var (factor, rest) = (tensor(new[,] { { 1.0 }, { -0.5 }, { 0.1 } }), Numeric.Double(0.3, 0.2, 0.5));
        var dense = new MultivariateNormal(Numeric.Double(1, 0, 2), factor.matmul(factor.mT) + diag(rest));
        var other = new MultivariateNormal(Numeric.Double(0, 0, 1), scaleTril: eye(3, dtype: ScalarType.Float64));
        var low = new LowRankMultivariateNormal(Numeric.Double(1, 0, 2), factor, rest);
        Numeric.Close(Kl.Divergence(dense, other).Number(), Kl.Divergence(low, other).Number());
        Numeric.Close(Kl.Divergence(other, dense).Number(), Kl.Divergence(other, low).Number());
        Numeric.Close(0, Kl.Divergence(low, low).Number());
        Numeric.Close(7 * Kl.Divergence(new Categorical(Numeric.Double(0.2, 0.8)), new Categorical(Numeric.Double(0.5, 0.5))).Number(),
            Kl.Divergence(new Multinomial(7, Numeric.Double(0.2, 0.8)), new Multinomial(7, Numeric.Double(0.5, 0.5))).Number());
    }

    [Test]
    public void DivergencesHaveNumbersAtTheEdges()
    {
        // A ratio whose square vanishes in single precision; and what has the probability 0, with its slope.
        var sigma = tensor(1e-30f).requires_grad_();
        var divergence = Kl.Divergence(new Normal(0, sigma), new Normal(0, 1));
        divergence.backward();
        Numeric.Close(30 * Math.Log(10) - 0.5, divergence.Number(), 1e-5);
        Numeric.Close(-1, sigma.grad!.Number() * 1e-30, 1e-5);
        var rate = Numeric.Double(0, 1).requires_grad_();
        var rates = Kl.Divergence(new Poisson(rate), new Poisson(Numeric.Double(1, 1)));
        rates.sum().backward();
        Numeric.Close([1.0, 0], rates.Numbers());
        Assert.That(rate.grad!.isnan().any().item<bool>(), Is.False);
        foreach (var make in new Func<Tensor, Distribution>[] { p => new Bernoulli(p), p => new Categorical(stack([p, 1 - p], -1)), p => new Binomial(3, p) })
        {
            var ps = Numeric.Double(0, 1).requires_grad_();
            Kl.Divergence(make(ps), make(Numeric.Double(0, 1))).sum().backward();
            Assert.That(ps.grad!.isnan().any().item<bool>(), Is.False);
        }
    }

    [Test]
    public void TailsHaveAllTheirDigits()
    {
        // Quantiles of a probability of 1e-20 and the way back, by the tails' own formulas.
        var p = Numeric.Double(1e-20, 1e-10, 1e-3);
        foreach (var distribution in new Distribution[]
        {
            new Normal(Numeric.Scalar(0), 1), new LogNormal(Numeric.Scalar(0), 1), new Laplace(Numeric.Scalar(0), 1), new Cauchy(Numeric.Scalar(0), 1), new Logistic(Numeric.Scalar(0), 1),
            new Gumbel(Numeric.Scalar(0), 1), new Exponential(Numeric.Scalar(2)), new Weibull(Numeric.Scalar(2), 1.5), new HalfNormal(Numeric.Scalar(2)), new HalfCauchy(Numeric.Scalar(0), 1),
        })
            Numeric.Close([1.0, 1, 1], (distribution.Cdf(distribution.Icdf(p)) / p).Numbers(), 1e-9);
        Numeric.Close(-9.262340089798409, new Normal(Numeric.Scalar(0), 1).Icdf(p)[0].Number());
        Numeric.Close(-9.262340089798409, new Normal(tensor(0f), 1).Icdf(tensor(1e-20f)).Number(), 1e-6);
        Numeric.Close(Math.Log(2e-20), new Laplace(Numeric.Scalar(0), 1).Icdf(p)[0].Number());
        Numeric.Close(-1e20 / Math.PI, new Cauchy(Numeric.Scalar(0), 1).Icdf(p)[0].Number());

        // The slope of a distribution function is the density: in the middle, where tails meet, and far out.
        foreach (var distribution in new Distribution[] { new Laplace(Numeric.Scalar(0), 2), new Cauchy(Numeric.Scalar(0), 2), new Gumbel(Numeric.Scalar(0), 2), new Normal(Numeric.Scalar(0), 2) })
        {
            var x = Numeric.Double(-1e30, -5, 0, 5, 1e30).requires_grad_();
            distribution.Cdf(x).sum().backward();
            Numeric.Close(distribution.LogProb(x).exp().Numbers(), x.grad!.Numbers(), 1e-12);
        }
    }

    [Test]
    public void DivergencesOfRows()
    {
        var (a, b) = (Numeric.Double(2, 3, 1.5), Numeric.Double(1, 0.7, 4));
        using var generator = new Generator(7);
        using var noGrad = no_grad();
        var factor = tensor(new[,] { { 1.2, 0, 0 }, { 0.4, 0.7, 0 }, { -0.3, 0.2, 1.5 } });
        foreach (var (p, q) in new (Distribution, Distribution)[]
        {
            (new Dirichlet(a), new Dirichlet(b)),
            (new MultivariateNormal(a, scaleTril: factor), new MultivariateNormal(b, scaleTril: 2 * factor)),
        })
        {
            var x = p.Expand(100000).Sample(generator);
            var draws = p.LogProb(x) - q.LogProb(x);
            var error = draws.std().Number() / Math.Sqrt(100000);
            Assert.That(Kl.Divergence(p, q).Number() - draws.mean().Number(), Is.InRange(-5 * error, 5 * error));
            Assert.That(p.Entropy().Number() + p.LogProb(x).mean().Number(), Is.InRange(-0.03, 0.03));
        }
        var (one, other) = (new Categorical(ps: Numeric.Double(0.2, 0.8, 0)), new Categorical(ps: Numeric.Double(0.5, 0.3, 0.2)));
        Numeric.Close(0.2 * Math.Log(0.4) + 0.8 * Math.Log(0.8 / 0.3), Kl.Divergence(one, other).Number());
        Assert.That(Kl.Divergence(other, one).Number(), Is.EqualTo(double.PositiveInfinity));
        Numeric.Close(-0.2 * Math.Log(0.2) - 0.8 * Math.Log(0.8), one.Entropy().Number());
        Assert.Throws<NotSupportedException>(() => Kl.Divergence(one, new Normal(0, 1)));
        var wide = Kl.Divergence(new Gamma(1.0, 2.0), new Exponential(3.0)).Number();
        Numeric.Close(Kl.Divergence(new Exponential(2.0), new Exponential(3.0)).Number(), wide, 1e-6);
        Assert.That(Kl.Divergence(new Uniform(0, 2), new Uniform(0, 1)).Number(), Is.EqualTo(double.PositiveInfinity));
    }

    private static Tensor[] Numbers(params double[] values) => [.. values.Select(Numeric.Scalar)];

    private static IEnumerable<string> NamesWhere(Predicate<Distribution> holds) =>
        Catalogue.Univariate.Where(family => holds(family.Example())).Select(family => family.Name);

    private static bool Has(Func<Tensor> call)
    {
        try
        {
            call();
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static void ForAll(string name, int cases, Action<(Distribution Distribution, Mass Mass)> property)
    {
        var family = Catalogue.Find(name);
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20180301, 1);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            // In a scope: a tensor that none holds may be freed while an operation reads it.
            using var scope = NewDisposeScope();
            var distribution = family.Make(family.Draw(new Random(seed)));
            property((distribution, new Mass(distribution, family.Largest)));
        }).Check(config);
    }
}
