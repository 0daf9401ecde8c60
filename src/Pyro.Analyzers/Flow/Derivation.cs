using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// What a value is computed from, by expressions and by variables that have one value only. A value that merely decides (a condition, a comparison, an index, what chooses among data)
/// is not among it unless asked for: no number flows from there.
/// </summary>
internal static class Derivation
{
    /// <summary>The operations of the value itself and of all that it is computed from, each with those that stand between it and the value, outermost first.</summary>
    /// <param name="value">The value.</param>
    /// <param name="body">The method that it stands in.</param>
    /// <param name="decisions">Whether what decides is followed as well.</param>
    /// <param name="stop">Behind which operations nothing is asked; null for none.</param>
    public static IEnumerable<(IOperation Operation, IReadOnlyList<IOperation> Through)> Of(IOperation value, MethodBody body, bool decisions = false, Func<IOperation, bool>? stop = null) =>
        Walk(value, new Search(body, decisions, stop), []);

    /// <summary>The sites, of those given, whose values flow into this one, each with the operations on the way.</summary>
    public static IEnumerable<(PrimitiveCall Site, IReadOnlyList<IOperation> Through)> From(
        IOperation value, MethodBody body, Func<PrimitiveCall, bool> which, bool decisions = false, Func<IOperation, bool>? stop = null)
    {
        foreach (var (operation, through) in Of(value, body, decisions, stop))
            if (operation is IInvocationOperation call && body.Primitives.FirstOrDefault(primitive => primitive.Operation == call) is { } site && which(site))
                yield return (site, through);
    }

    /// <summary>Whether an operation compares tensors, element by element.</summary>
    public static bool IsComparison(IOperation operation) => operation switch
    {
        IBinaryOperation binary => binary.Type.IsTensor() && binary.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
            or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
        IInvocationOperation call => Has(call, Traits.Compares),
        _ => false,
    };

    /// <summary>Whether a call is one of an operation with one of these traits.</summary>
    public static bool Has(IInvocationOperation call, Traits traits) => Operations.Of(call.TargetMethod)?.Is(traits) == true;

    /// <summary>Whether a call is one of the operation of this name.</summary>
    public static bool Is(IInvocationOperation call, string operation) => Operations.Of(call.TargetMethod)?.Name == operation;

    /// <summary>A conversion that takes a number out of a tensor, as <c>(float)z</c> does.</summary>
    public static bool IsTaken(IOperation operation) => operation is IConversionOperation { OperatorMethod: not null } conversion && conversion.Operand.Type.IsTensor()
        && conversion.Type?.SpecialType != SpecialType.None;

    private static IEnumerable<(IOperation, IReadOnlyList<IOperation>)> Walk(IOperation operation, Search search, IReadOnlyList<IOperation> through)
    {
        yield return (operation, through);
        if (search.Stop?.Invoke(operation) == true)
            yield break;
        var inner = operation is ILocalReferenceOperation or IArgumentOperation || (operation is IConversionOperation && !IsTaken(operation)) ? through : [.. through, operation];
        foreach (var input in Inputs(operation, search))
            foreach (var found in Walk(input, search, inner))
                yield return found;
    }

    private static IEnumerable<IOperation> Inputs(IOperation operation, Search search) => operation switch
    {
        ILocalReferenceOperation local => search.Variables.Add(local.Local) && Variables.OnlyValue(local.Local, search.Body.Body) is { } only ? [only] : [],
        // A value with a name is the value.
        IInvocationOperation call when search.Body.Primitives.Any(primitive => primitive is { Kind: PrimitiveKind.Deterministic } && primitive.Operation == call) =>
            call.Arguments.Where(argument => argument.Parameter?.Name == "value").Select(argument => argument.Value),
        // What a site draws is its own value: only where that goes is asked, not where its distribution comes from.
        IInvocationOperation call when search.Body.Primitives.Any(primitive => primitive.Operation == call) => [],
        IAnonymousFunctionOperation or INameOfOperation or ITypeOfOperation => [],
        _ when search.Decisions => operation.ChildOperations,
        IConditionalOperation choice => choice.WhenFalse is null ? [] : new[] { choice.WhenTrue, choice.WhenFalse },
        ISwitchExpressionOperation choice => choice.Arms.Select(arm => arm.Value),
        IArrayElementReferenceOperation element => [element.ArrayReference],
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } whole } => [whole],
        IPropertyReferenceOperation { Property.Type.Name: not "Tensor" } => [],
        IInvocationOperation call when Has(call, Traits.Chooses) =>
            (call.Instance is { } instance ? [instance] : Array.Empty<IOperation>())
                .Concat(call.Arguments.Where(argument => argument.Parameter?.Name is "input" or "x" or "y" or "self" or "other").Select(argument => argument.Value)),
        _ when operation.Type?.SpecialType == SpecialType.System_Boolean || IsComparison(operation) => [],
        _ => operation.ChildOperations,
    };

    /// <summary>What is asked for, and the variables that were met.</summary>
    private sealed class Search(MethodBody body, bool decisions, Func<IOperation, bool>? stop)
    {
        public MethodBody Body { get; } = body;

        public bool Decisions { get; } = decisions;

        public Func<IOperation, bool>? Stop { get; } = stop;

        public HashSet<ISymbol> Variables { get; } = new(SymbolEqualityComparer.Default);
    }
}
