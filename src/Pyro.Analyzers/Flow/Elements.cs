using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>Which elements of arrays, lists and tensors belong to which iteration of a loop.</summary>
internal static class Elements
{
    /// <summary>
    /// Whether an expression is an element that another iteration has set: one at a fixed distance from the element that the loop sets, or one that is counted from the end of a list before the
    /// loop adds to it.
    /// </summary>
    /// <param name="read">The expression.</param>
    /// <param name="loop">The loop.</param>
    /// <param name="isSet">Whether a value is one of those that are asked for.</param>
    public static bool IsEarlier(IOperation read, IForEachLoopOperation loop, Func<IOperation, bool> isSet)
    {
        if (Whole(read) is not { } collection || loop.Locals is not { Length: 1 } locals)
            return false;
        var index = locals[0];
        var isLast = Last(read, collection);
        foreach (var operation in loop.Body.Descendants())
            if (operation is ISimpleAssignmentOperation write && IsOf(Whole(write.Target), collection) && isSet(write.Value))
            {
                if (Offset(write.Target, index) is { } written && Offset(read, index) is { } offset && offset != written)
                    return true;
            }
            else if (operation is IInvocationOperation { TargetMethod.Name: "Add" or "Append" or "Push" or "Enqueue", Instance: { } instance, Arguments: { Length: 1 } added } call && IsOf(Variable(instance), collection)
                && isSet(added[0].Value) && read.Syntax.SpanStart < call.Syntax.Span.End && (isLast || Offset(read, index) is not null))
                return true;
        return false;
    }

    /// <summary>The variable whose element an expression is; null for what is none.</summary>
    private static ISymbol? Whole(IOperation element) => element switch
    {
        IArrayElementReferenceOperation array => Variable(array.ArrayReference),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } instance } => Variable(instance),
        IImplicitIndexerReferenceOperation implicitly => Variable(implicitly.Instance),
        IInvocationOperation { TargetMethod: { Name: "Last" or "Peek" } } call => Variable(call.Instance ?? call.Arguments.FirstOrDefault()?.Value),
        _ => null,
    };

    private static bool IsOf(ISymbol? one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    private static ISymbol? Variable(IOperation? value) => value switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        IConversionOperation conversion => Variable(conversion.Operand),
        _ => null,
    };

    private static IOperation? Index(IOperation element) => element switch
    {
        IArrayElementReferenceOperation { Indices: { Length: 1 } indices } => indices[0],
        IPropertyReferenceOperation { Arguments: { Length: 1 } indices } => indices[0].Value,
        IImplicitIndexerReferenceOperation implicitly => implicitly.Argument,
        _ => null,
    };

    /// <summary>Whether the element is counted from the end: <c>[^1]</c>, <c>[z.Count - 1]</c>, <c>Last()</c>.</summary>
    private static bool Last(IOperation element, ISymbol collection) => element is IInvocationOperation || Index(element) switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } => true,
        { } index => index.DescendantsAndSelf().OfType<IPropertyReferenceOperation>().Any(property => property.Property.Name is "Count" && IsOf(Variable(property.Instance), collection)),
        null => false,
    };

    /// <summary>How far an element is from the one at the loop's index; null where that is not known.</summary>
    private static long? Offset(IOperation element, ILocalSymbol index) => Index(element) is { } place ? Distance(place, index) : null;

    private static long? Distance(IOperation place, ILocalSymbol index) => place switch
    {
        ILocalReferenceOperation local when SymbolEqualityComparer.Default.Equals(local.Local, index) => 0,
        IConversionOperation conversion => Distance(conversion.Operand, index),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum => Shifted(sum.LeftOperand, sum.RightOperand, 1, index) ?? Shifted(sum.RightOperand, sum.LeftOperand, 1, index),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference => Shifted(difference.LeftOperand, difference.RightOperand, -1, index),
        _ => null,
    };

    private static long? Shifted(IOperation place, IOperation by, int sign, ILocalSymbol index) =>
        Distance(place, index) is { } distance && Literals.Number(by) is { } constant ? distance + sign * (long)constant : null;
}
