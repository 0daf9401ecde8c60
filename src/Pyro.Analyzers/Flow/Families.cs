using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>What is known of the distributions: the family of a site, and whether the family is discrete.</summary>
internal static class Families
{
    // Family, whether it is discrete, and its support by the name in Constraints where that does not depend on the parameters.
    private static readonly Dictionary<string, (bool Discrete, string? Support)> _families = new()
    {
        ["Bernoulli"] = (true, Boolean),
        ["Beta"] = (false, UnitInterval),
        ["BetaBinomial"] = (true, null),
        ["Binomial"] = (true, null),
        ["Categorical"] = (true, null),
        ["Cauchy"] = (false, Real),
        ["Chi2"] = (false, Positive),
        ["Dirichlet"] = (false, "Simplex"),
        ["Exponential"] = (false, Positive),
        ["Gamma"] = (false, Positive),
        ["Geometric"] = (true, NonNegativeInteger),
        ["Gumbel"] = (false, Real),
        ["HalfCauchy"] = (false, null),
        ["HalfNormal"] = (false, Positive),
        ["InverseGamma"] = (false, Positive),
        ["Laplace"] = (false, Real),
        ["LogNormal"] = (false, Positive),
        ["Logistic"] = (false, Real),
        ["MultivariateNormal"] = (false, null),
        ["NegativeBinomial"] = (true, NonNegativeInteger),
        ["Normal"] = (false, Real),
        ["Pareto"] = (false, null),
        ["Poisson"] = (true, NonNegativeInteger),
        ["StudentT"] = (false, Real),
        ["Uniform"] = (false, null),
        ["VonMises"] = (false, null),
        ["Weibull"] = (false, Positive),
    };

    public const string Real = nameof(Real);
    public const string Positive = nameof(Positive);
    public const string UnitInterval = nameof(UnitInterval);
    public const string Boolean = nameof(Boolean);
    public const string NonNegativeInteger = nameof(NonNegativeInteger);

    /// <summary>The family that a site is made with, where its distribution is constructed at the call; otherwise null.</summary>
    public static string? Of(PrimitiveCall site) =>
        Construction(site) is { Type: { } type } && type.ContainingNamespace.ToDisplayString() == "Pyro.Distributions" ? type.Name : null;

    /// <summary>The <c>new …(…)</c> in a site's call.</summary>
    public static IObjectCreationOperation? Construction(PrimitiveCall site) => Unwrap(site.Argument("distribution")) as IObjectCreationOperation;

    /// <summary>Whether the family has a mass function (true) or a density (false); null for Delta, which stands beside both, and the unknown.</summary>
    public static bool? IsDiscrete(string? family) =>
        family is not null && _families.TryGetValue(family, out var known) ? known.Discrete : null;

    /// <summary>Where the values of a site lie, by the name in Constraints; null where that is not known.</summary>
    public static string? Support(PrimitiveCall site) => Of(site) switch
    {
        null => null,
        "HalfCauchy" when Literals.Argument(site, "mu") is 0 => Positive,
        var family => _families.TryGetValue(family, out var known) ? known.Support : null,
    };

    private static IOperation? Unwrap(IOperation? operation) =>
        operation is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : operation;
}
