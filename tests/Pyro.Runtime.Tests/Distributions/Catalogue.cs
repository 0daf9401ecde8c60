using System.Text.Json;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>A univariate family as the property tests use it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Make">The distribution at some parameters.</param>
/// <param name="Ranges">From where to where each parameter is drawn.</param>
public sealed record Family(string Name, Func<Tensor[], Distribution> Make, params (double Low, double High)[] Ranges)
{
    /// <summary>Whether the family has a mean and a variance at all parameters of the ranges.</summary>
    public bool HasMoments { get; init; } = true;

    /// <summary>How far the sums over discrete values go.</summary>
    public int Largest { get; init; } = 2000;

    public override string ToString() => Name;

    /// <summary>Random parameters of a shape.</summary>
    public Tensor[] Draw(Random random, params long[] shape)
    {
        var count = (int)shape.Aggregate(1L, (a, b) => a * b);
        return [.. Ranges.Select(r => tensor(
            Enumerable.Range(0, count).Select(_ => r.Low + (r.High - r.Low) * random.NextDouble()).ToArray()).reshape(shape))];
    }
}

/// <summary>Every family there is.</summary>
internal static class Catalogue
{
    private static readonly Dictionary<string, Func<Func<string, Tensor>, Distribution>> s_named = new()
    {
        ["Bernoulli"] = p => new Bernoulli(ps: p("ps")),
        ["Beta"] = p => new Beta(p("alpha"), p("beta")),
        ["Binomial"] = p => new Binomial(p("n"), ps: p("ps")),
        ["Categorical"] = p => new Categorical(ps: p("ps")),
        ["Cauchy"] = p => new Cauchy(p("mu"), p("gamma")),
        ["Dirichlet"] = p => new Dirichlet(p("alpha")),
        ["Exponential"] = p => new Exponential(p("lam")),
        ["Gamma"] = p => new Gamma(p("alpha"), p("beta")),
        ["HalfCauchy"] = p => new HalfCauchy(p("mu"), p("gamma")),
        ["HalfNormal"] = p => new HalfNormal(p("sigma")),
        ["Laplace"] = p => new Laplace(p("mu"), p("scale")),
        ["LogNormal"] = p => new LogNormal(p("mu"), p("sigma")),
        ["Multinomial"] = p => new Multinomial(p("n"), ps: p("ps")),
        ["MultivariateNormal"] = p => new MultivariateNormal(p("mu"), covariance: p("covariance")),
        ["Normal"] = p => new Normal(p("mu"), p("sigma")),
        ["Poisson"] = p => new Poisson(p("lam")),
        ["StudentT"] = p => new StudentT(p("df"), p("mu"), p("sigma")),
        ["Uniform"] = p => new Uniform(p("a"), p("b")),
    };

    public static IReadOnlyList<Family> Univariate { get; } =
    [
        new("Bernoulli", p => new Bernoulli(ps: p[0]), (0.05, 0.95)),
        new("Bernoulli (logits)", p => new Bernoulli(logits: p[0]), (-3, 3)),
        new("Beta", p => new Beta(p[0], p[1]), (0.3, 5), (0.3, 5)),
        new("BetaBinomial", p => new BetaBinomial(p[0], p[1], 9), (0.3, 5), (0.3, 5)),
        new("Binomial", p => new Binomial(7, ps: p[0]), (0.05, 0.95)),
        new("Binomial (logits)", p => new Binomial(7, logits: p[0]), (-3, 3)),
        new("Cauchy", p => new Cauchy(p[0], p[1]), (-2, 2), (0.3, 3)) { HasMoments = false },
        new("Chi2", p => new Chi2(p[0]), (0.5, 9)),
        new("ContinuousBernoulli", p => new ContinuousBernoulli(ps: p[0]), (0.02, 0.98)),
        new("ContinuousBernoulli (logits)", p => new ContinuousBernoulli(logits: p[0]), (-9, 9)),
        new("Exponential", p => new Exponential(p[0]), (0.3, 4)),
        new("Gamma", p => new Gamma(p[0], p[1]), (0.3, 5), (0.3, 4)),
        new("Geometric", p => new Geometric(ps: p[0]), (0.05, 0.95)),
        new("Geometric (logits)", p => new Geometric(logits: p[0]), (-2, 3)),
        new("Gumbel", p => new Gumbel(p[0], p[1]), (-2, 2), (0.3, 2)),
        new("HalfCauchy", p => new HalfCauchy(p[0], p[1]), (-2, 2), (0.3, 3)) { HasMoments = false },
        new("HalfNormal", p => new HalfNormal(p[0]), (0.3, 3)),
        new("InverseGamma", p => new InverseGamma(p[0], p[1]), (3, 8), (0.3, 4)),
        new("Laplace", p => new Laplace(p[0], p[1]), (-2, 2), (0.3, 3)),
        new("LogNormal", p => new LogNormal(p[0], p[1]), (-1, 1), (0.2, 0.8)),
        new("Logistic", p => new Logistic(p[0], p[1]), (-2, 2), (0.3, 1.5)),
        new("NegativeBinomial", p => new NegativeBinomial(p[0], ps: p[1]), (0.5, 6), (0.1, 0.8)),
        new("NegativeBinomial (logits)", p => new NegativeBinomial(p[0], logits: p[1]), (0.5, 6), (-2, 1)),
        new("Normal", p => new Normal(p[0], p[1]), (-3, 3), (0.2, 3)),
        new("Pareto", p => new Pareto(p[0], p[1]), (0.5, 3), (3, 6)),
        new("Poisson", p => new Poisson(p[0]), (0.1, 20)),
        new("RelaxedBernoulli", p => new RelaxedBernoulli(p[0], ps: p[1]), (0.4, 2), (0.1, 0.9)) { HasMoments = false },
        new("StudentT", p => new StudentT(p[0], p[1], p[2]), (6, 12), (-2, 2), (0.3, 2)),
        new("Uniform", p => new Uniform(p[0], p[0] + p[1]), (-2, 2), (0.5, 3)),
        new("VonMises", p => new VonMises(p[0], p[1]), (-3, 3), (0.3, 9)) { HasMoments = false },
        new("Weibull", p => new Weibull(p[0], p[1]), (0.5, 3), (0.7, 3)),
    ];

    public static bool Knows(string family) => s_named.ContainsKey(family);

    public static Distribution Make(string family, JsonElement parameters, ScalarType dtype) =>
        s_named[family](name => ScipyRowTests.ToTensor(parameters.GetProperty(name), dtype));
}
