using System.Collections;
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
    /// <summary>The operations of the value itself and of all that it is computed from, each with those that stand between it and the value, innermost first.</summary>
    /// <param name="value">The value.</param>
    /// <param name="body">The method that it stands in.</param>
    /// <param name="decisions">Whether what decides is followed as well.</param>
    /// <param name="stop">Behind which operations nothing is asked; null for none.</param>
    /// <param name="met">The variables that have been followed, and are not again; null for none.</param>
    public static IEnumerable<(IOperation Operation, IEnumerable<IOperation> Through)> Of(
        IOperation value, MethodBody body, bool decisions = false, Func<IOperation, bool>? stop = null, HashSet<ISymbol>? met = null)
    {
        met ??= new(SymbolEqualityComparer.Default);
        var open = new Stack<(IOperation Operation, Path Through)>();
        open.Push((value, Path.Empty));
        while (open.Count > 0)
        {
            var (operation, through) = open.Pop();
            yield return (operation, through);
            if (stop?.Invoke(operation) == true)
                continue;
            var inner = operation is ILocalReferenceOperation or IArgumentOperation
                || (operation is IConversionOperation && !IsTaken(operation))
                ? through
                : new Path(operation, through);
            foreach (var input in Inputs(operation, body, decisions, met).Reverse())
                open.Push((input, inner));
        }
    }

    /// <summary>The sites, of those given, whose values flow into this one, each with the operations on the way.</summary>
    public static IEnumerable<(PrimitiveCall Site, IEnumerable<IOperation> Through)> From(
        IOperation value, MethodBody body, Func<PrimitiveCall, bool> which, bool decisions = false, Func<IOperation, bool>? stop = null)
    {
        foreach (var (operation, through) in Of(value, body, decisions, stop))
            if (body.Primitive(operation) is { } site && which(site))
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

    private static IEnumerable<IOperation> Inputs(
        IOperation operation, MethodBody body, bool decisions, HashSet<ISymbol> met) => operation switch
    {
        ILocalReferenceOperation local => met.Add(local.Local) && Variables.OnlyValue(local.Local, body.Body) is { } only ? [only] : [],
        // A value with a name is the value.
        _ when body.Primitive(operation) is { Kind: PrimitiveKind.Deterministic } named => named.Argument("value") is { } value
            ? [value]
            : [],
        // What a site draws is its own value: only where that goes is asked, not where its distribution comes from.
        _ when body.Primitive(operation) is not null => [],
        IAnonymousFunctionOperation or INameOfOperation or ITypeOfOperation => [],
        _ when decisions => operation.ChildOperations,
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

    /// <summary>Operations on a way, innermost first.</summary>
    private sealed class Path(IOperation? operation, Path? outer) : IEnumerable<IOperation>
    {
        private readonly IOperation? _operation = operation;
        private readonly Path? _outer = outer;

        public static Path Empty { get; } = new(null, null);

        public IEnumerator<IOperation> GetEnumerator()
        {
            for (var at = this; at._operation is { } operation; at = at._outer!)
                yield return operation;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
