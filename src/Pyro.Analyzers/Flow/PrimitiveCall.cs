using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>A call of a primitive in the text of a method.</summary>
internal sealed class PrimitiveCall
{
    // Several rules ask for them.
    private IReadOnlyList<Construction>? _constructions;

    private PrimitiveCall(PrimitiveKind kind, IInvocationOperation operation, IOperation name)
    {
        Kind = kind;
        Operation = operation;
        NameArgument = name.Syntax;
        Name = SiteName.Of(name);
    }

    public PrimitiveKind Kind { get; }

    public IInvocationOperation Operation { get; }

    public SiteName Name { get; }

    /// <summary>The expression of the name: where diagnostics about names are reported.</summary>
    public SyntaxNode NameArgument { get; }

    /// <summary>The word <c>Sample</c>, <c>Observe</c>, …: where diagnostics about the call itself are reported.</summary>
    public Location Verb => Operation.Syntax is InvocationExpressionSyntax { Expression: var called }
        ? (called is MemberAccessExpressionSyntax member ? member.Name : called).GetLocation()
        : Operation.Syntax.GetLocation();

    /// <summary>Whether the call makes a site, a term of the log density: parameters, plates and named values are none.</summary>
    public bool IsSite => Kind is PrimitiveKind.Sample or PrimitiveKind.Observe or PrimitiveKind.Factor;

    /// <summary>Whether the call may be a latent site: it samples, and no value is given, or one that may be null.</summary>
    public bool MayBeLatent => Kind == PrimitiveKind.Sample
        || (Operation.TargetMethod.Name == RuntimeNames.Sample && Argument(RuntimeNames.ObservedParameter) is { } given
        && given.SemanticModel?.GetTypeInfo(given.Syntax).Nullability.FlowState != NullableFlowState.NotNull);

    /// <summary>Whether the call puts its name into the trace of a run, which has every name once.</summary>
    public bool IsRecorded => IsSite || Kind == PrimitiveKind.Deterministic;

    /// <summary>What the density of the site is computed from, its value aside: the distribution, or the logarithm itself. Null for what is no site.</summary>
    public IOperation? Density => Kind == PrimitiveKind.Factor ? Argument("logDensity") : IsSite ? Argument("distribution") : null;

    /// <summary>The constructions of its distribution, one of which it has in a run; none where one of them is not seen.</summary>
    public IReadOnlyList<Construction> Constructions => _constructions ??= Compiler.Reading.Constructions.Of(Argument("distribution"));

    /// <summary>The families that the site is made with, one of which it has in a run; null where another may be.</summary>
    public IReadOnlyList<Family>? Families => Constructions is { Count: > 0 } made && made.All(one => one.Family is not null)
        ? [.. made.Select(one => one.Family!)]
        : null;

    /// <summary>Where the values of the site lie, where it has one distribution that is known; otherwise null.</summary>
    public Constraint? Support => Constructions is { Count: 1 } single ? single[0].Support : null;

    /// <summary>How many dimensions of the site are one event; null where that is not known.</summary>
    public int? EventRank => Constructions is { Count: > 0 } made && made.All(one => one.EventRank == made[0].EventRank)
        ? made[0].EventRank
        : null;

    /// <summary>What is observed; null for what is no observation.</summary>
    public IOperation? Value => Kind == PrimitiveKind.Observe
        ? Argument("value") ?? Argument("values") ?? Argument(RuntimeNames.ObservedParameter)
        : null;

    /// <summary>The call's argument for a parameter of this name, without implicit conversions; null where it is left out.</summary>
    public IOperation? Argument(string parameter) => Argument(Operation, parameter);

    /// <summary>Recognises a call; null for every other method.</summary>
    public static PrimitiveCall? From(IInvocationOperation operation, INamedTypeSymbol primitives) =>
        SymbolEqualityComparer.Default.Equals(operation.TargetMethod.ContainingType, primitives)
        && Enum.TryParse<PrimitiveKind>(operation.TargetMethod.Name, out var kind)
        && Argument(operation, RuntimeNames.NameParameter) is { } name
            ? new PrimitiveCall(
                // A site that may have its value is not one that a guide must have.
                kind == PrimitiveKind.Sample && Argument(operation, RuntimeNames.ObservedParameter) is not null
                    ? PrimitiveKind.Observe
                    : kind,
                operation,
                name)
            : null;

    private static IOperation? Argument(IInvocationOperation operation, string parameter)
    {
        foreach (var argument in operation.Arguments)
            if (argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)
                return argument.Value;
        return null;
    }
}
