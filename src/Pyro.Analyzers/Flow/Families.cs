using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Frontend;

namespace Pyro.Analyzers.Flow;

/// <summary>The distributions by name. A test holds the table against the runtime.</summary>
internal static class Families
{
    private const string Namespace = "Pyro.Distributions";

    private static readonly (string, Domain)[] _odds = [("ps", Domain.UnitInterval), ("logits", Domain.Real)];

    private static readonly Dictionary<string, Family> _byName = new[]
    {
        new Family("Bernoulli", Domain.Boolean, _odds),
        new Family("Beta", Domain.UnitInterval, ("alpha", Domain.Positive), ("beta", Domain.Positive)),
        new Family("BetaBinomial", true, Trials, ("alpha", Domain.Positive), ("beta", Domain.Positive), ("n", Domain.NonNegativeInteger)),
        new Family("Binomial", true, Trials, [("n", Domain.NonNegativeInteger), .. _odds]),
        new Family("Cauchy", Domain.Real, ("mu", Domain.Real), ("gamma", Domain.Positive)),
        new Family("Chi2", Domain.Positive, ("df", Domain.Positive)),
        new Family("Exponential", Domain.NonNegative, ("lam", Domain.Positive)),
        new Family("Gamma", Domain.Positive, ("alpha", Domain.Positive), ("beta", Domain.Positive)),
        new Family("Geometric", Domain.NonNegativeInteger, _odds),
        new Family("Gumbel", Domain.Real, ("mu", Domain.Real), ("beta", Domain.Positive)),
        new Family("HalfCauchy", false, literal => literal("mu") is { } mu ? Domain.From(mu) : null, ("mu", Domain.Real), ("gamma", Domain.Positive)),
        new Family("HalfNormal", Domain.NonNegative, ("sigma", Domain.Positive)),
        new Family("InverseGamma", Domain.Positive, ("alpha", Domain.Positive), ("beta", Domain.Positive)),
        new Family("Laplace", Domain.Real, ("mu", Domain.Real), ("scale", Domain.Positive)),
        new Family("LogNormal", Domain.Positive, ("mu", Domain.Real), ("sigma", Domain.Positive)),
        new Family("Logistic", Domain.Real, ("mu", Domain.Real), ("s", Domain.Positive)),
        new Family("NegativeBinomial", Domain.NonNegativeInteger, [("r", Domain.Positive), .. _odds]),
        new Family("Normal", Domain.Real, ("mu", Domain.Real), ("sigma", Domain.Positive)),
        new Family("Pareto", false, literal => literal("scale") is { } scale ? Domain.From(scale) : null, ("scale", Domain.Positive), ("alpha", Domain.Positive)),
        new Family("Poisson", Domain.NonNegativeInteger, ("lam", Domain.NonNegative)),
        new Family("RelaxedBernoulli", Domain.OpenUnitInterval, [("temperature", Domain.Positive), .. _odds]),
        new Family("StudentT", Domain.Real, ("df", Domain.Positive), ("mu", Domain.Real), ("sigma", Domain.Positive)),
        new Family("Uniform", false, Ends, ("a", Domain.Real), ("b", Domain.Real)),
        new Family("VonMises", Domain.Circle, ("mu", Domain.Real), ("kappa", Domain.Positive)),
        new Family("Weibull", Domain.Positive, ("lam", Domain.Positive), ("k", Domain.Positive)),
    }.ToDictionary(family => family.Name);

    /// <summary>All that are known.</summary>
    public static IReadOnlyCollection<Family> All => _byName.Values;

    /// <summary>The family of a constructed distribution; null for one that is not in the table.</summary>
    public static Family? Of(IObjectCreationOperation? construction) =>
        construction?.Type is { } type && type.ContainingNamespace.ToDisplayString() == Namespace && _byName.TryGetValue(type.Name, out var family)
            ? family
            : null;

    /// <summary>The family that a site is made with, where its distribution is constructed at the call; otherwise null.</summary>
    public static Family? Of(PrimitiveCall site) => Of(Construction(site));

    /// <summary>Where the values of a site lie; null where that is not known.</summary>
    public static Domain? Support(PrimitiveCall site) =>
        Construction(site) is { } construction ? Of(construction)?.Support(parameter => Literals.Argument(construction, parameter)) : null;

    /// <summary>The class name in a site's <c>new …(…)</c>: where diagnostics about the family are reported.</summary>
    public static Location Place(PrimitiveCall site) => Construction(site)?.Syntax is Microsoft.CodeAnalysis.CSharp.Syntax.ObjectCreationExpressionSyntax creation
        ? creation.Type.GetLocation()
        : site.Argument("distribution")!.Syntax.GetLocation();

    /// <summary>
    /// How many dimensions of a site are one event: those of its class, and those that <c>ToEvent</c> with a constant adds; null where that is not known.
    /// </summary>
    public static int? EventRank(PrimitiveCall site) => site.Argument("distribution") is { } distribution ? EventRank(distribution) : null;

    private static int? EventRank(IOperation distribution) => distribution switch
    {
        IConversionOperation conversion => EventRank(conversion.Operand),
        IObjectCreationOperation { Type: { } type } when type.ContainingNamespace.ToDisplayString() == Namespace && KnownDistributions.IsKnown(type.Name) =>
            KnownDistributions.Find(Namespace + "." + type.Name).EventRank,
        IInvocationOperation { TargetMethod: { Name: "ToEvent", ContainingType.Name: "Distribution" }, Instance: { } inner } call =>
            EventRank(inner) + (call.Arguments.FirstOrDefault() is { ArgumentKind: not ArgumentKind.DefaultValue, Value: var count } && Literals.Number(count) is { } added ? (int?)added : null),
        _ => null,
    };

    private static IObjectCreationOperation? Construction(PrimitiveCall site) => site.Argument("distribution") switch
    {
        IObjectCreationOperation construction => construction,
        IConversionOperation { IsImplicit: true, Operand: IObjectCreationOperation construction } => construction,
        _ => null,
    };

    private static Domain? Trials(Func<string, double?> literal) => literal("n") is { } n ? Domain.IntegersTo(n) : null;

    private static Domain? Ends(Func<string, double?> literal) => literal("a") is { } a && literal("b") is { } b ? Domain.Between(a, b) : null;
}
