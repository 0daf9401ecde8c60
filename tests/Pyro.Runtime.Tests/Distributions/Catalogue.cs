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
        ["Normal"] = p => new Normal(p("mu"), p("sigma")),
        ["LogNormal"] = p => new LogNormal(p("mu"), p("sigma")),
        ["Beta"] = p => new Beta(p("alpha"), p("beta")),
        ["HalfCauchy"] = p => new HalfCauchy(p("mu"), p("gamma")),
        ["Bernoulli"] = p => new Bernoulli(ps: p("ps")),
    };

    public static IReadOnlyList<Family> Univariate { get; } =
    [
        new("Normal", p => new Normal(p[0], p[1]), (-3, 3), (0.2, 3)),
        new("LogNormal", p => new LogNormal(p[0], p[1]), (-1, 1), (0.2, 0.8)),
        new("Beta", p => new Beta(p[0], p[1]), (0.3, 5), (0.3, 5)),
        new("HalfCauchy", p => new HalfCauchy(p[0], p[1]), (-2, 2), (0.3, 3)) { HasMoments = false },
        new("Bernoulli", p => new Bernoulli(ps: p[0]), (0.05, 0.95)),
        new("Bernoulli (logits)", p => new Bernoulli(logits: p[0]), (-3, 3)),
    ];

    public static bool Knows(string family) => s_named.ContainsKey(family);

    public static Distribution Make(string family, JsonElement parameters, ScalarType dtype) =>
        s_named[family](name => ScipyRowTests.ToTensor(parameters.GetProperty(name), dtype));
}
