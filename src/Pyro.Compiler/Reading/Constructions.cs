using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>A place where a distribution is made that a site may have, and what becomes of it on the way there.</summary>
/// <param name="Creation">The <c>new …(…)</c>.</param>
/// <param name="Arguments">Its arguments; none of code that does not compile yet.</param>
/// <param name="Added">How many dimensions <c>ToEvent</c> adds to its event; null where that is not known.</param>
public sealed record Construction(IOperation Creation, ImmutableArray<IArgumentOperation> Arguments, int? Added)
{
    /// <summary>Its family; null where its class says nothing of itself.</summary>
    public Family? Family => Family.Of(Creation.Type);

    /// <summary>Where its values lie; null where that is not known.</summary>
    public Constraint? Support => Family?.SupportOf(parameter => Literals.Argument(Arguments, parameter), IsSet);

    /// <summary>How many of the last dimensions are one event; null where that is not known.</summary>
    public int? EventRank => Family?.EventRank + Added;

    /// <summary>Whether gradients flow through samples: a family that can be may be asked not to be.</summary>
    public bool IsReparameterized => Family is { Reparameterized: true }
        && Arguments.All(argument => argument is not
        {
            Parameter.Name: RuntimeNames.Reparameterized, Value.ConstantValue: { HasValue: true, Value: false },
        });

    /// <summary>What the tables say of a site that has it, but for the type of its values.</summary>
    internal DistributionIr ToIr() => Family is not { } family
        ? DistributionIr.Unknown
        : new DistributionIr(family.Name, family.SupportName(IsSet), EventRank, IsReparameterized, family.Enumerable && Added == 0)
        {
            OwnRank = family.EventRank, TakesVectors = family.TakesVectors,
        };

    /// <summary>The class name in <c>new …(…)</c>, or what stands for it: where diagnostics about the family are reported.</summary>
    public Location Place => Creation.Syntax switch
    {
        ObjectCreationExpressionSyntax creation => creation.Type.GetLocation(),
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        var other => other.GetLocation(),
    };

    // What is left out is what the constructor says.
    private bool? IsSet(string parameter)
    {
        var given = Arguments.FirstOrDefault(argument => argument.Parameter?.Name == parameter);
        return given is null ? false : given.Value.ConstantValue is { HasValue: true, Value: bool value } ? value : null;
    }
}

/// <summary>
/// The constructions of a distribution, one of which it is in a run: written where it is used or where its variable gets its only value, on
/// the arms of a choice, in a method that only makes it, and whatever <c>ToEvent</c>, <c>Expand</c> and <c>Mask</c>, which leave the values
/// as they are, make of them.
/// </summary>
public static class Constructions
{
    // Methods that call each other without end make no distribution.
    private const int Deepest = 8;

    /// <summary>The constructions; none where one of them is not seen.</summary>
    /// <param name="distribution">The distribution; null where there is none.</param>
    /// <param name="read">Is told of every file that was read for it beside the distribution's own.</param>
    public static IReadOnlyList<Construction> Of(IOperation? distribution, Action<SyntaxTree>? read = null) =>
        distribution is null ? [] : Of(distribution, read, 0);

    private static IReadOnlyList<Construction> Of(IOperation distribution, Action<SyntaxTree>? read, int depth) => distribution switch
    {
        IObjectCreationOperation construction => [new Construction(construction, construction.Arguments, Added: 0)],
        IInvalidOperation { Syntax: BaseObjectCreationExpressionSyntax } unfinished => [new Construction(unfinished, [], Added: 0)],
        IConversionOperation conversion => Of(conversion.Operand, read, depth),
        IParenthesizedOperation inner => Of(inner.Operand, read, depth),
        IInvocationOperation { TargetMethod: var method, Instance: { } inner } call
            when method.ContainingType.FullName() == RuntimeNames.Distribution => method.Name switch
            {
                RuntimeNames.Expand or RuntimeNames.Mask => Of(inner, read, depth),
                RuntimeNames.ToEvent => [.. Of(inner, read, depth).Select(made => made with { Added = made.Added + Count(call) })],
                _ => [],
            },
        IInvocationOperation call when depth < Deepest => OfResult(call, read, depth + 1),
        ILocalReferenceOperation local =>
            Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? Of(only, read, depth) : [],
        IConditionalOperation { WhenFalse: { } other } choice => Together([choice.WhenTrue, other], read, depth),
        ISwitchExpressionOperation choice => Together(choice.Arms.Select(arm => arm.Value), read, depth),
        _ => [],
    };

    // Without a count, ToEvent takes all dimensions, and how many those are is known when it runs.
    private static int? Count(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault() is { ArgumentKind: not ArgumentKind.DefaultValue, Value: var count }
        && Literals.Number(count) is { } added
            ? (int?)added
            : null;

    private static IReadOnlyList<Construction> Together(IEnumerable<IOperation> arms, Action<SyntaxTree>? read, int depth)
    {
        var constructions = arms.Select(arm => Of(arm, read, depth)).ToArray();
        return constructions.Any(arm => arm.Count == 0) ? [] : [.. constructions.SelectMany(arm => arm)];
    }

    // A method that does nothing but make a distribution is that distribution.
    private static IReadOnlyList<Construction> OfResult(IInvocationOperation call, Action<SyntaxTree>? read, int depth) =>
        Results.Of(call, read) is { } made ? Of(made, read, depth) : [];
}
