using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// What a value is computed from, by expressions and by variables that have one value only. A value that merely decides (a condition, a comparison, an index)
/// is not among it: no number flows from there.
/// </summary>
internal static class Derivation
{
    /// <summary>The operations of the value itself and of all that it is computed from, each with those that stand between it and the value, outermost first.</summary>
    public static IEnumerable<(IOperation Operation, IReadOnlyList<IOperation> Through)> Of(IOperation value, MethodBody body) =>
        Walk(value, body, [], new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    /// <summary>The sites, of those given, whose values flow into this one, each with the operations on the way.</summary>
    public static IEnumerable<(PrimitiveCall Site, IReadOnlyList<IOperation> Through)> From(IOperation value, MethodBody body, Func<PrimitiveCall, bool> which)
    {
        foreach (var (operation, through) in Of(value, body))
            if (operation is IInvocationOperation call && body.Primitives.FirstOrDefault(primitive => primitive.Operation == call) is { } site && which(site))
                yield return (site, through);
    }

    private static IEnumerable<(IOperation, IReadOnlyList<IOperation>)> Walk(IOperation operation, MethodBody body, IReadOnlyList<IOperation> through, HashSet<ISymbol> variables)
    {
        yield return (operation, through);
        var inputs = operation switch
        {
            ILocalReferenceOperation local => variables.Add(local.Local) && Variables.OnlyValue(local.Local, body.Body) is { } only ? [only] : [],
            // A value with a name is the value.
            IInvocationOperation call when body.Primitives.Any(primitive => primitive is { Kind: PrimitiveKind.Deterministic } && primitive.Operation == call) =>
                call.Arguments.Where(argument => argument.Parameter?.Name == "value").Select(argument => argument.Value),
            // What a site draws is its own value: only where that goes is asked, not where its distribution comes from.
            IInvocationOperation call when body.Primitives.Any(primitive => primitive.Operation == call) => [],
            IConditionalOperation choice => choice.WhenFalse is null ? [] : new[] { choice.WhenTrue, choice.WhenFalse },
            ISwitchExpressionOperation choice => choice.Arms.Select(arm => arm.Value),
            IArrayElementReferenceOperation element => [element.ArrayReference],
            IPropertyReferenceOperation { Property.Type.Name: not "Tensor" } => [],
            IAnonymousFunctionOperation or INameOfOperation or ITypeOfOperation => [],
            _ when operation.Type?.SpecialType == SpecialType.System_Boolean => [],
            _ => (IEnumerable<IOperation>)operation.ChildOperations,
        };
        var inner = operation is ILocalReferenceOperation or IArgumentOperation or IConversionOperation ? through : [.. through, operation];
        foreach (var input in inputs)
            foreach (var found in Walk(input, body, inner, variables))
                yield return found;
    }
}
