using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>The names of a family whose indices run over loops with constant bounds: <c>z_0</c>, <c>z_1</c> and <c>z_2</c>.</summary>
internal static class LoopNames
{
    private const int Most = 10_000;

    /// <summary>The names that a call may have in a run; null where they are not known. A constant is one name.</summary>
    public static IReadOnlyCollection<string>? Of(PrimitiveCall call)
    {
        if (call.Name.Constant is { } constant)
            return [constant];
        if (call.Name.Pattern is null || call.Name.Indices.Distinct(SymbolEqualityComparer.Default).Count() < call.Name.Indices.Length)
            return null;
        IReadOnlyList<object[]> rows = [[]];
        foreach (var index in call.Name.Indices)
        {
            if (index is null || Loops.Values(call.Operation, index) is not var (first, count) || count * rows.Count > Most)
                return null;
            rows = [.. rows.SelectMany(row => Enumerable.Range(0, (int)count).Select(step => (object[])[.. row, first + step]))];
        }
        return [.. rows.Select(row => string.Format(CultureInfo.InvariantCulture, call.Name.Format, row))];
    }

    /// <summary>The names that a call has in every run; none where it may be left out.</summary>
    public static IReadOnlyCollection<string> Always(PrimitiveCall call, MethodBody body) =>
        Of(call) is { } names && body.Has(call)
            && (call.Name.Constant is not null ? body.Flow.IsCertain(call.Operation.Syntax) : IsPlain(call.Operation))
            ? names
            : [];

    /// <summary>Whether an operation runs in each iteration of the loops around it.</summary>
    private static bool IsPlain(IOperation operation)
    {
        IOperation outermost = operation;
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
            if (outer is IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation
                or IConditionalAccessOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }
                or IWhileLoopOperation or ITryOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            else
                outermost = outer;
        return !outermost.Descendants().Any(part => part is IBranchOperation or IThrowOperation
            || (part is IReturnOperation { IsImplicit: false } && part.Syntax.SpanStart < operation.Syntax.SpanStart));
    }
}
