using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>
/// Samples at extremes of the parameters: by Kolmogorov's test against the distribution function, refused at a probability below 1e-7 (√n D above 2.9), and
/// by the first two moments of counts to six of their own errors. All from fixed seeds.
/// </summary>
public class ExtremeSampleTests
{
    private const int Count = 20000;
    private const double Refused = 2.9;

    private static readonly ScalarType[] s_types = [ScalarType.Float32, ScalarType.Float64];

    private static readonly Dictionary<string, Func<Func<double, Tensor>, Distribution>> s_continuous = new()
    {
        ["Gamma 0.01"] = t => new Gamma(t(0.01), t(1)),
        ["Gamma 0.01 / 1e-30"] = t => new Gamma(t(0.01), t(1e-30)),
        ["Gamma 0.4"] = t => new Gamma(t(0.4), t(1e6)),
        ["Gamma 1e8"] = t => new Gamma(t(1e8), t(1)),
        ["Chi2 0.02"] = t => new Chi2(t(0.02)),
        ["InverseGamma 0.01"] = t => new InverseGamma(t(0.01), t(1)),
        ["InverseGamma 0.3, 1e20"] = t => new InverseGamma(t(0.3), t(1e20)),
        ["InverseGamma 1e6"] = t => new InverseGamma(t(1e6), t(1)),
        ["Pareto 0.01"] = t => new Pareto(t(1), t(0.01)),
        ["Pareto 1e4"] = t => new Pareto(t(1e-6), t(30)),
        ["Weibull 0.01"] = t => new Weibull(t(1), t(0.01)),
        ["Weibull 1e3"] = t => new Weibull(t(1e6), t(1e3)),
        ["LogNormal 100"] = t => new LogNormal(t(0), t(100)),
        ["Cauchy 1e-6"] = t => new Cauchy(t(0), t(1e-6)),
        ["HalfCauchy 1e20"] = t => new HalfCauchy(t(0), t(1e20)),
        ["Gumbel"] = t => new Gumbel(t(0), t(1e8)),
        ["Logistic"] = t => new Logistic(t(0), t(1e-6)),
        ["Laplace"] = t => new Laplace(t(0), t(1e8)),
        ["Exponential 1e-6"] = t => new Exponential(t(1e-6)),
        ["HalfNormal 1e8"] = t => new HalfNormal(t(1e8)),
        ["Uniform 1e38"] = t => new Uniform(t(-3e38), t(3e38)),
        ["Normal 1e8"] = t => new Normal(t(-5), t(1e8)),
    };

    public static IEnumerable<string> Continuous => s_continuous.Keys;

    [TestCaseSource(nameof(Continuous))]
    public void Samples_OfExtremeParameters_FollowTheDistributionFunction(string name)
    {
        foreach (var dtype in s_types)
        {
            using var scope = NewDisposeScope();
            using var generator = new Generator(11);
            var distribution = s_continuous[name](value => tensor(value, dtype)).Expand(Count);
            var x = distribution.Sample(generator);
            Assert.That(distribution.Support.Find(x), Is.Null, $"{name} {dtype}");
            var sorted = x.sort().Values;
            var below = distribution.Cdf(sorted).Numbers();
            var at = sorted.Numbers();
            var largest = dtype == ScalarType.Float32 ? float.MaxValue : double.MaxValue;
            var smallest = dtype == ScalarType.Float32 ? 1.1754944e-38 : 2.2250738585072014e-308;
            var distance = 0.0;
            for (var i = 0; i < Count; i++)
            {
                // What is out of the dtype's reach is at its ends.
                if (i + 1 < Count && at[i + 1] == at[i] || at[i] >= largest || at[i] <= smallest && at[i] > 0)
                    continue;
                distance = Math.Max(distance, Math.Abs(below[i] - (i + 1.0) / Count));
            }
            Assert.That(distance * Math.Sqrt(Count), Is.LessThan(Refused), $"{name} {dtype}");
        }
    }

    [Test]
    public void Binomial_ManyTrials_HasItsMeanAndVariance()
    {
        foreach (var dtype in s_types)
            foreach (var (n, p) in new[] { (1e6, 0.5), (1e7, 0.3), (1e7, 1e-6), (1e8, 0.5), (1e8, 0.999), (1e8, 1e-7), (1e9, 0.02), (1e12, 0.25), (1e12, 1e-11), (1e14, 1e-13), (1e15, 0.5), (1e15, 1e-10) })
            {
                using var scope = NewDisposeScope();
                using var generator = new Generator(5);
                var x = new Binomial(tensor(n, dtype), ps: tensor(p, dtype)).Expand(Count).Sample(generator);
                var exact = tensor(p, dtype).Number();
                Moments(x, tensor(n, dtype).Number() * exact, n * exact * (1 - exact), dtype, $"n = {n}, p = {p} in {dtype}");
                Assert.That(x.ge(0).logical_and(x.le(n)).all().item<bool>());
            }
    }

    [Test]
    public void Poisson_LargeRates_HaveTheirMeanAndVariance()
    {
        foreach (var dtype in s_types)
            foreach (var rate in new[] { 1e-6, 3, 1e3, 1e7, 9.9e7, 1.1e8, 1e12, 1e15 })
            {
                using var scope = NewDisposeScope();
                using var generator = new Generator(6);
                var exact = tensor(rate, dtype).Number();
                Moments(new Poisson(tensor(rate, dtype)).Expand(Count).Sample(generator), exact, exact, dtype, $"{rate} in {dtype}");
            }
    }

    [Test]
    public void RareOutcomes_InSinglePrecision_AreAsRareAsTheyAre()
    {
        // Of 4e7 draws at 3e-7 twelve, and hardly any at 3e-9, where steps of 6e-8 would make two; P(X > 40) at a mean of 12 is 1e-10.
        using var scope = NewDisposeScope();
        using var generator = new Generator(8);
        const int Many = 40_000_000;
        Assert.That(new Bernoulli(ps: 3e-7).Expand(Many).Sample(generator).sum().Number(), Is.InRange(1, 40));
        Assert.That(new Bernoulli(ps: 3e-9).Expand(Many).Sample(generator).sum().Number(), Is.LessThan(6));
        Assert.That(new Bernoulli(logits: 15.02).Expand(Many).Sample(generator).to_type(ScalarType.Float64).sum().Number(), Is.InRange(Many - 40, Many - 1));
        Assert.That(new ZeroInflated(new Poisson(50), 3e-9).Expand(1_000_000).Sample(generator).eq(0).sum().Number(), Is.LessThan(3));
        var rare = new Categorical(ps: tensor(new[] { 1 - 3e-7f, 3e-7f })).Expand(4_000_000).Sample(generator);
        Assert.That(rare.sum().Number(), Is.LessThan(15));
    }

    [Test]
    public void VonMises_NarrowAndWide_HasItsSpread()
    {
        foreach (var dtype in s_types)
            foreach (var kappa in new[] { 1e-6, 1, 1e4, 9e6, 1.1e7, 1e12, 1e30 })
            {
                using var scope = NewDisposeScope();
                using var generator = new Generator(9);
                var x = new VonMises(tensor(0, dtype), tensor(kappa, dtype)).Expand(Count).Sample(generator).to_type(ScalarType.Float64);
                if (kappa >= 1e4)
                    Numeric.Close(1, x.square().mean().Number() * kappa, 6 * Math.Sqrt(2.0 / Count));
                else
                    Assert.That(Math.Abs(x.mean().Number()), Is.LessThan(6 * Math.PI / Math.Sqrt(3.0 * Count)));
            }
    }

    [Test]
    public void Overflow_OfAnySample_StaysInTheSupport()
    {
        foreach (var dtype in s_types)
        {
            Tensor T(double value) => tensor(value, dtype);
            var huge = dtype == ScalarType.Float32 ? 1e38 : 1e308;
            foreach (var distribution in new Distribution[]
            {
                new Normal(T(0), T(huge)), new LogNormal(T(0), T(1e4)), new Cauchy(T(0), T(huge)), new StudentT(T(0.01), T(0), T(huge)), new Gumbel(T(0), T(huge)), new Laplace(T(0), T(huge)),
                new Logistic(T(0), T(huge)), new Exponential(T(1 / huge)), new HalfNormal(T(huge)), new HalfCauchy(T(0), T(huge)), new Gamma(T(5), T(1 / huge)), new InverseGamma(T(1e-3), T(1)),
                new Chi2(T(1e-3)), new Pareto(T(1), T(1e-3)), new Weibull(T(1), T(1e-3)), new Uniform(T(-huge), T(huge)), new Geometric(ps: T(1e-30)),
                new NegativeBinomial(T(1e-3), logits: T(80)), new Beta(T(1e-4), T(1e-4)), new Dirichlet(tensor(new[] { 1e-4, 1e-4 }, dtype)),
            })
            {
                using var scope = NewDisposeScope();
                using var generator = new Generator(10);
                var many = distribution.Expand(3000).Sample(generator);
                Assert.That(distribution.Support.Find(many), Is.Null, $"{distribution.Name} {dtype}");
            }
        }
    }

    // The mean and the variance to six of their errors; a dtype's last digit is a spread of its own.
    private static void Moments(Tensor x, double mean, double variance, ScalarType dtype, string text)
    {
        var wide = x.to_type(ScalarType.Float64) - mean;
        var digit = mean * (dtype == ScalarType.Float32 ? 1.2e-7 : 2.3e-16);
        var spread = variance + digit * digit;
        Assert.That(Math.Abs(wide.mean().Number()), Is.LessThan(6 * Math.Sqrt(spread / Count) + digit / 2), $"mean: {text}");
        var fourth = (2 + 1 / Math.Max(variance, 1e-9)) * variance * variance;
        Assert.That(Math.Abs(wide.square().mean().Number() - variance), Is.LessThan(6 * Math.Sqrt(fourth / Count) + digit * digit + 2 * digit * Math.Sqrt(spread / Count)), $"variance: {text}");
    }
}
