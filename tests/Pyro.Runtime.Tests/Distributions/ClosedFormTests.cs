using FsCheck;
using FsCheck.Fluent;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>Distribution functions, quantiles, entropies and divergences against sums over the density.</summary>
public class ClosedFormTests
{
    private static readonly string[] s_withCdf =
    [
        "Bernoulli", "Bernoulli (logits)", "Cauchy", "Chi2", "Exponential", "Gamma", "Geometric", "Geometric (logits)", "Gumbel", "HalfCauchy", "HalfNormal",
        "InverseGamma", "Laplace", "LogNormal", "Logistic", "Normal", "Pareto", "Poisson", "Uniform", "Weibull",
    ];

    private static readonly string[] s_withIcdf =
    [
        "Cauchy", "Chi2", "Exponential", "Gamma", "Gumbel", "HalfCauchy", "HalfNormal", "InverseGamma", "Laplace", "LogNormal", "Logistic", "Normal", "Pareto", "Uniform", "Weibull",
    ];

    private static readonly string[] s_withEntropy =
    [
        .. s_withCdf.Except(["Poisson"]), "Beta", "StudentT", "VonMises",
    ];

    private static readonly Dictionary<string, (Func<Tensor[], Distribution> Make, Tensor[] P, Tensor[] Q)> s_pairs = new()
    {
        ["Normal"] = (p => new Normal(p[0], p[1]), Numbers(0.3, 0.8), Numbers(-0.4, 1.7)),
        ["LogNormal"] = (p => new LogNormal(p[0], p[1]), Numbers(0.3, 0.8), Numbers(-0.4, 1.7)),
        ["HalfNormal"] = (p => new HalfNormal(p[0]), Numbers(0.8), Numbers(1.7)),
        ["Gamma"] = (p => new Gamma(p[0], p[1]), Numbers(2.3, 0.8), Numbers(1.4, 1.7)),
        ["InverseGamma"] = (p => new InverseGamma(p[0], p[1]), Numbers(2.3, 0.8), Numbers(1.4, 1.7)),
        ["Chi2"] = (p => new Chi2(p[0]), Numbers(2.3), Numbers(4.1)),
        ["Exponential"] = (p => new Exponential(p[0]), Numbers(2.3), Numbers(0.9)),
        ["Beta"] = (p => new Beta(p[0], p[1]), Numbers(2.3, 1.8), Numbers(1.4, 3.7)),
        ["Uniform"] = (p => new Uniform(p[0], p[1]), Numbers(0, 1), Numbers(-1, 2.5)),
        ["Laplace"] = (p => new Laplace(p[0], p[1]), Numbers(0.3, 0.8), Numbers(-0.4, 1.7)),
        ["Poisson"] = (p => new Poisson(p[0]), Numbers(2.3), Numbers(4.1)),
        ["Geometric"] = (p => new Geometric(ps: p[0]), Numbers(0.3), Numbers(0.6)),
        ["Bernoulli"] = (p => new Bernoulli(ps: p[0]), Numbers(0.3), Numbers(0.6)),
    };

    public static TheoryData<string> WithCdf => [.. s_withCdf];

    public static TheoryData<string> WithIcdf => [.. s_withIcdf];

    public static TheoryData<string> WithEntropy => [.. s_withEntropy];

    public static TheoryData<string> Pairs => [.. s_pairs.Keys];

    [Theory]
    [MemberData(nameof(WithCdf))]
    public void TheDistributionFunctionIsTheSumOfTheDensity(string name) => ForAll(name, 4, family =>
    {
        var (distribution, mass) = family;
        var edges = Numeric.Double(-1e30, 1e30);
        Numeric.Close([0, 1], distribution.Cdf(edges).Numbers(), 1e-9);
        foreach (var x in new[] { -2.5, -1, 0, 0.3, 1, 2, 2.7, 6 })
            Numeric.Close(mass.Below(x), distribution.Cdf(Numeric.Scalar(x)).Number(), 1e-3);
    });

    [Theory]
    [MemberData(nameof(WithIcdf))]
    public void QuantilesInvertTheDistributionFunction(string name) => ForAll(name, 4, family =>
    {
        var p = Numeric.Double(0.001, 0.2, 0.5, 0.7, 0.999);
        Numeric.Close(p.Numbers(), family.Distribution.Cdf(family.Distribution.Icdf(p)).Numbers(), 1e-8);
    });

    [Fact]
    public void QuantilesOfGammasAtTheEdges()
    {
        // Median of Gamma(1, 1) is ln 2; shapes from where samples vanish to where they are normal.
        Numeric.Close(Math.Log(2), new Gamma(Numeric.Scalar(1), 1).Icdf(Numeric.Scalar(0.5)).Number(), 1e-12);
        Assert.Equal([0, double.PositiveInfinity, double.NaN], new Gamma(Numeric.Scalar(2), 3).Icdf(Numeric.Double(0, 1, 1.5)).Numbers());
        var alpha = Numeric.Double(1e-6, 1e-2, 1e6);
        var x = new Gamma(alpha, 1).Icdf(Numeric.Scalar(0.3));
        Assert.Equal(0, x[0].Number());
        Numeric.Close([0.3, 0.3], new Gamma(alpha, 1).Cdf(x).Numbers()[1..], 1e-9);
        Assert.Equal(ScalarType.Float32, new Gamma(2, 3).Icdf(tensor(0.5f)).dtype);
    }

    [Theory]
    [MemberData(nameof(WithEntropy))]
    public void TheEntropyIsTheMeanOfMinusTheLogDensity(string name) => ForAll(name, 4, family =>
    {
        var entropy = family.Distribution.Entropy();
        Assert.Equal(family.Distribution.Shape, entropy.shape);
        Numeric.Close(family.Mass.Mean(x => -family.Distribution.LogProb(x)), entropy.Number(), 1e-4);
    });

    [Fact]
    public void OtherFamiliesSaySo()
    {
        foreach (var family in Catalogue.Univariate)
        {
            var distribution = family.Make(family.Draw(new Random(1)));
            Assert.Equal(s_withCdf.Contains(family.Name), Has(() => distribution.Cdf(Numeric.Scalar(0.5))));
            Assert.Equal(s_withIcdf.Contains(family.Name), Has(() => distribution.Icdf(Numeric.Scalar(0.5))));
            Assert.Equal(s_withEntropy.Contains(family.Name) || distribution.Enumerable, Has(() => distribution.Entropy()));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void TheDivergenceIsTheMeanOfTheDifference(string name)
    {
        var (make, first, second) = s_pairs[name];
        var (p, q) = (make(first), make(second));
        var expected = new Mass(p, 400).Mean(x => p.LogProb(x) - q.LogProb(x));
        Numeric.Close(expected, Kl.Divergence(p, q).Number(), 1e-5);
        Numeric.Close(0, Kl.Divergence(p, make(first)).Number(), 1e-12);

        // Rows of events add up, masks of equal maps do not matter.
        var rows = Kl.Divergence(p.Expand(4, 3).ToEvent(1), q.Expand(4, 3).ToEvent(1));
        Assert.Equal([4], rows.shape);
        Numeric.Close(3 * expected, rows[0].Number(), 1e-5);
    }

    [Fact]
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
            Assert.InRange(Kl.Divergence(p, q).Number() - draws.mean().Number(), -5 * error, 5 * error);
            Assert.InRange(p.Entropy().Number() + p.LogProb(x).mean().Number(), -0.03, 0.03);
        }
        var (one, other) = (new Categorical(ps: Numeric.Double(0.2, 0.8, 0)), new Categorical(ps: Numeric.Double(0.5, 0.3, 0.2)));
        Numeric.Close(0.2 * Math.Log(0.4) + 0.8 * Math.Log(0.8 / 0.3), Kl.Divergence(one, other).Number());
        Assert.Equal(double.PositiveInfinity, Kl.Divergence(other, one).Number());
        Numeric.Close(-0.2 * Math.Log(0.2) - 0.8 * Math.Log(0.8), one.Entropy().Number());
        Assert.Throws<NotSupportedException>(() => Kl.Divergence(one, new Normal(0, 1)));
        var wide = Kl.Divergence(new Gamma(1.0, 2.0), new Exponential(3.0)).Number();
        Numeric.Close(Kl.Divergence(new Exponential(2.0), new Exponential(3.0)).Number(), wide, 1e-6);
        Assert.Equal(double.PositiveInfinity, Kl.Divergence(new Uniform(0, 2), new Uniform(0, 1)).Number());
    }

    private static Tensor[] Numbers(params double[] values) => [.. values.Select(Numeric.Scalar)];

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
        var family = Catalogue.Univariate.Single(f => f.Name == name);
        var config = Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(20180301, 1);
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var distribution = family.Make(family.Draw(new Random(seed)));
            property((distribution, new Mass(distribution, family.Largest)));
        }).Check(config);
    }
}
