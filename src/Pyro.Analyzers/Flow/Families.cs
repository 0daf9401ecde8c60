using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Flow;

/// <summary>The distributions by name. A test holds the table against the runtime.</summary>
internal static class Families
{
    private const string Namespace = "Pyro.Distributions";

    private static readonly (string, Domain)[] _odds = [("ps", Domain.UnitInterval), ("logits", Domain.Real)];

    private static readonly (string, Domain)[] _probabilities = [("ps", Domain.Simplex), ("logits", Domain.Real)];

    private static readonly Dictionary<string, Family> _byName = new[]
    {
        new Family("Bernoulli", Domain.Boolean, _odds),
        new Family("Beta", Domain.UnitInterval, ("alpha", Domain.Positive), ("beta", Domain.Positive)),
        new Family("BetaBinomial", true, Trials, ("alpha", Domain.Positive), ("beta", Domain.Positive), ("n", Domain.NonNegativeInteger)),
        new Family("Binomial", true, Trials, [("n", Domain.NonNegativeInteger), .. _odds]),
        // How many outcomes there are is seldom written: a guide's are those of its model.
        new Family("Categorical", true, _ => null, _probabilities),
        new Family("Cauchy", Domain.Real, ("mu", Domain.Real), ("gamma", Domain.Positive)),
        new Family("Chi2", Domain.Positive, ("df", Domain.Positive)),
        new Family("ContinuousBernoulli", Domain.UnitInterval, ("ps", Domain.OpenUnitInterval), ("logits", Domain.Real)),
        new Family("Dirichlet", Domain.Simplex, ("alpha", Domain.Positive)),
        new Family("Exponential", Domain.NonNegative, ("lam", Domain.Positive)),
        new Family("Gamma", Domain.Positive, ("alpha", Domain.Positive), ("beta", Domain.Positive)),
        new Family("Geometric", Domain.NonNegativeInteger, _odds),
        new Family("Gumbel", Domain.Real, ("mu", Domain.Real), ("beta", Domain.Positive)),
        new Family("HalfCauchy", false, literal => literal("mu") is { } mu ? Domain.From(mu) : null, ("mu", Domain.Real), ("gamma", Domain.Positive)),
        new Family("HalfNormal", Domain.NonNegative, ("sigma", Domain.Positive)),
        new Family("InverseGamma", Domain.Positive, ("alpha", Domain.Positive), ("beta", Domain.Positive)),
        new Family("LKJCholesky", Domain.CorrelationCholesky, ("eta", Domain.Positive)),
        new Family("Laplace", Domain.Real, ("mu", Domain.Real), ("scale", Domain.Positive)),
        new Family("LogNormal", Domain.Positive, ("mu", Domain.Real), ("sigma", Domain.Positive)),
        new Family("Logistic", Domain.Real, ("mu", Domain.Real), ("s", Domain.Positive)),
        new Family("LowRankMultivariateNormal", Domain.Real, ("mu", Domain.Real), ("diagonal", Domain.Positive)),
        new Family("Multinomial", true, literal => literal("n") is { } n ? Domain.Counts(n) : null, [("n", Domain.NonNegativeInteger), .. _probabilities]),
        new Family("MultivariateNormal", Domain.Real, ("mu", Domain.Real), ("covariance", Domain.PositiveDefinite), ("precision", Domain.PositiveDefinite), ("scaleTril", Domain.LowerCholesky)),
        new Family("NegativeBinomial", Domain.NonNegativeInteger, [("r", Domain.Positive), .. _odds]),
        new Family("Normal", Domain.Real, ("mu", Domain.Real), ("sigma", Domain.Positive)),
        new Family("OneHotCategorical", Domain.OneHot, _probabilities),
        new Family("Pareto", false, literal => literal("scale") is { } scale ? Domain.From(scale) : null, ("scale", Domain.Positive), ("alpha", Domain.Positive)),
        new Family("Poisson", Domain.NonNegativeInteger, ("lam", Domain.NonNegative)),
        new Family("RelaxedBernoulli", Domain.OpenUnitInterval, [("temperature", Domain.Positive), .. _odds]),
        new Family("RelaxedOneHotCategorical", Domain.Simplex, [("temperature", Domain.Positive), .. _probabilities]),
        new Family("StudentT", Domain.Real, ("df", Domain.Positive), ("mu", Domain.Real), ("sigma", Domain.Positive)),
        new Family("Uniform", false, Ends, ("a", Domain.Real), ("b", Domain.Real)),
        new Family("VonMises", Domain.Circle, ("mu", Domain.Real), ("kappa", Domain.Positive)),
        new Family("Weibull", Domain.Positive, ("lam", Domain.Positive), ("k", Domain.Positive)),
        new Family("ZeroInflated", true, _ => null, ("gate", Domain.UnitInterval)),
    }.ToDictionary(family => family.Name);

    /// <summary>All that are known.</summary>
    public static IReadOnlyCollection<Family> All => _byName.Values;

    /// <summary>The family of a constructed distribution; null for one that is not in the table.</summary>
    public static Family? Of(IObjectCreationOperation? construction) => construction?.Type is { } type ? Of(type) : null;

    /// <summary>The family of a class; null for one that is not in the table.</summary>
    public static Family? Of(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() == Namespace && _byName.TryGetValue(type.Name, out var family) ? family : null;

    /// <summary>The families that a site is made with, one of which it has in a run; null where another may be, or none is known.</summary>
    public static IReadOnlyList<Family>? Of(PrimitiveCall site)
    {
        var constructions = Constructions(site);
        Family[] families = [.. constructions.Select(Of).OfType<Family>()];
        return families.Length > 0 && families.Length == constructions.Count ? families : null;
    }

    /// <summary>Where the values of a constructed distribution lie; null where that is not known.</summary>
    public static Domain? Support(IObjectCreationOperation construction) =>
        construction.Type is INamedTypeSymbol { IsGenericType: true } ? null : Of(construction)?.Support(parameter => Literals.Argument(construction.Arguments, parameter));

    /// <summary>Where the values of a site lie, where it has one distribution that is known; otherwise null.</summary>
    public static Domain? Support(PrimitiveCall site) => Constructions(site) is { Count: 1 } single ? Support(single[0]) : null;

    /// <summary>The class name in <c>new …(…)</c>, or what stands for it: where diagnostics about the family are reported.</summary>
    public static Location Place(IObjectCreationOperation construction) => construction.Syntax switch
    {
        ObjectCreationExpressionSyntax creation => creation.Type.GetLocation(),
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        var other => other.GetLocation(),
    };

    /// <summary>
    /// The constructions of a site's distribution, one of which it is in a run: written at the call or where its variable gets its only value, on the arms of a choice, and whatever
    /// <c>ToEvent</c>, <c>Expand</c> and <c>Mask</c>, which leave the values as they are, make of them. None where one of them is not seen.
    /// </summary>
    public static IReadOnlyList<IObjectCreationOperation> Constructions(PrimitiveCall site) => site.Argument("distribution") is { } distribution ? Constructions(distribution) : [];

    private static IReadOnlyList<IObjectCreationOperation> Constructions(IOperation distribution) => distribution switch
    {
        IObjectCreationOperation construction => [construction],
        IConversionOperation conversion => Constructions(conversion.Operand),
        IInvocationOperation { TargetMethod: { Name: "ToEvent" or "Expand" or "Mask", ContainingType: { Name: "Distribution", ContainingNamespace: { } home } }, Instance: { } inner }
            when home.ToDisplayString() == Namespace => Constructions(inner),
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? Constructions(only) : [],
        IConditionalOperation { WhenFalse: { } other } choice => Together([choice.WhenTrue, other]),
        ISwitchExpressionOperation choice => Together(choice.Arms.Select(arm => arm.Value)),
        _ => [],
    };

    private static IReadOnlyList<IObjectCreationOperation> Together(IEnumerable<IOperation> arms)
    {
        var constructions = arms.Select(Constructions).ToArray();
        return constructions.Any(arm => arm.Count == 0) ? [] : [.. constructions.SelectMany(arm => arm)];
    }

    /// <summary>
    /// How many dimensions of a site are one event: those of its class, and those that <c>ToEvent</c> with a constant adds; null where that is not known.
    /// </summary>
    public static int? EventRank(PrimitiveCall site) => site.Argument("distribution") is { } distribution ? EventRank(distribution) : null;

    private static int? EventRank(IOperation distribution) => distribution switch
    {
        IConversionOperation conversion => EventRank(conversion.Operand),
        IObjectCreationOperation { Type: { } type } when type.ContainingNamespace.ToDisplayString() == Namespace && KnownDistributions.IsKnown(type.Name) =>
            KnownDistributions.Find(Namespace + "." + type.Name).EventRank,
        IInvocationOperation { TargetMethod: { Name: "Expand" or "Mask", ContainingType.Name: "Distribution" }, Instance: { } inner } => EventRank(inner),
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? EventRank(only) : null,
        IInvocationOperation { TargetMethod: { Name: "ToEvent", ContainingType.Name: "Distribution" }, Instance: { } inner } call =>
            EventRank(inner) + (call.Arguments.FirstOrDefault() is { ArgumentKind: not ArgumentKind.DefaultValue, Value: var count } && Literals.Number(count) is { } added ? (int?)added : null),
        _ => null,
    };

    private static Domain? Trials(Func<string, double?> literal) => literal("n") is { } n ? Domain.IntegersTo(n) : null;

    private static Domain? Ends(Func<string, double?> literal) => literal("a") is { } a && literal("b") is { } b ? Domain.Between(a, b) : null;
}
