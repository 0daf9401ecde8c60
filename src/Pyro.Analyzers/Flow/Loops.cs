using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>The loops of a method's text.</summary>
internal static class Loops
{
    /// <summary>The innermost loop whose body, not its header, contains the operation, inside the same function; null outside all loops.</summary>
    public static ILoopOperation? Around(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer and not (IAnonymousFunctionOperation or ILocalFunctionOperation); inner = outer)
            if (outer is ILoopOperation loop && ReferenceEquals(loop.Body, inner))
                return loop;
        return null;
    }

    /// <summary>
    /// Whether one iteration of a loop at most reaches an operation: what decides whether it runs holds for one value of the loop's own
    /// index, which has each value once.
    /// </summary>
    public static bool RunsOnce(IOperation operation, ILoopOperation loop)
    {
        var indices = Indices(loop);
        if (indices.Count == 0)
            return false;
        for (var inner = operation; inner.Parent is { } outer && !ReferenceEquals(inner, loop.Body); inner = outer)
            if (IsOneValue(outer, inner))
                return true;
        return false;

        bool IsOneValue(IOperation outer, IOperation inner) => outer switch
        {
            IConditionalOperation choice => ReferenceEquals(choice.WhenTrue, inner) ? Fixes(choice.Condition, true)
                : ReferenceEquals(choice.WhenFalse, inner) && Fixes(choice.Condition, false),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
                ReferenceEquals(both.RightOperand, inner) && Fixes(both.LeftOperand, true),
            ISwitchCaseOperation { Parent: ISwitchOperation choice, Clauses: { Length: 1 } clauses } => IsIndex(choice.Value)
                && clauses[0] switch
            {
                ISingleValueCaseClauseOperation { Value: var value } => Stays(value),
                IPatternCaseClauseOperation { Pattern: IConstantPatternOperation } => true,
                _ => false,
            },
            ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice, Pattern: IConstantPatternOperation } arm =>
                IsIndex(choice.Value) && ReferenceEquals(arm.Value, inner),
            // What stands before it leaves the iteration for all other values.
            IBlockOperation block => Statements.Before(block, inner).Any(statement =>
                statement is IConditionalOperation { WhenFalse: null } leaving && Leaves(leaving.WhenTrue)
                    && Fixes(leaving.Condition, false)),
            _ => false,
        };

        // Whether a condition is what is said for one value of the index at most.
        bool Fixes(IOperation condition, bool holds) => condition switch
        {
            IParenthesizedOperation { Operand: var operand } => Fixes(operand, holds),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Fixes(operand, !holds),
            ILocalReferenceOperation { Local: var local } when IsDeclaredIn(local) =>
                Variables.OnlyValue(local, Variables.Root(loop)) is { } value && Fixes(value, holds),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both =>
                both.OperatorKind == BinaryOperatorKind.ConditionalAnd == holds
                    && (Fixes(both.LeftOperand, holds) || Fixes(both.RightOperand, holds)),
            IBinaryOperation { OperatorMethod: null, OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equal =>
                equal.OperatorKind == BinaryOperatorKind.Equals == holds
                && ((IsIndex(equal.LeftOperand) && Stays(equal.RightOperand)) || (IsIndex(equal.RightOperand) && Stays(equal.LeftOperand))),
            IBinaryOperation { OperatorMethod: null } bound => IsFirst(bound, holds),
            IIsPatternOperation { Pattern: IConstantPatternOperation, Value: var value } => holds && IsIndex(value),
            IIsPatternOperation { Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation }, Value: var value } =>
                !holds && IsIndex(value),
            _ => false,
        };

        // Of a loop that counts up by one from a constant, the first value alone: i < 1, or i > 0 where it does not hold.
        bool IsFirst(IBinaryOperation bound, bool holds) => IsIndex(bound.LeftOperand)
            && loop is IForLoopOperation { AtLoopBottom: { Length: 1 } steps }
            && steps[0] is IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment } }
            && Start(loop) is { } first && Literals.Number(bound.RightOperand) is { } number
            && (bound.OperatorKind, holds) switch
            {
                (BinaryOperatorKind.LessThan, true) or (BinaryOperatorKind.GreaterThanOrEqual, false) => number <= first + 1,
                (BinaryOperatorKind.LessThanOrEqual, true) or (BinaryOperatorKind.GreaterThan, false) => number <= first,
                _ => false,
            };

        bool IsIndex(IOperation value) => value switch
        {
            // A cast may make one value of several.
            IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion => IsIndex(conversion.Operand),
            ILocalReferenceOperation local => indices.Contains(local.Local, SymbolEqualityComparer.Default),
            _ => false,
        };

        // Numbers, parameters and variables that the loop does not write to, and how long or large they are.
        bool Stays(IOperation value) => value.DescendantsAndSelf().All(part => part switch
        {
            { ConstantValue.HasValue: true } or IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation => true,
            IPropertyReferenceOperation { Property.Name: "Length" or "Count" or "shape" } or IArrayElementReferenceOperation => true,
            ILocalReferenceOperation local => !IsDeclaredIn(local.Local) && !Variables.IsWritten(local.Local, loop),
            IParameterReferenceOperation parameter => !Variables.IsWritten(parameter.Parameter, loop),
            _ => false,
        });

        bool IsDeclaredIn(ILocalSymbol local) => local.DeclaringSyntaxReferences.Any(reference => loop.Syntax.FullSpan.Contains(reference.Span));
    }

    /// <summary>Whether nothing that stands behind a statement in its block runs after it.</summary>
    public static bool Leaves(IOperation statement) => statement switch
    {
        IBranchOperation or IReturnOperation or IThrowOperation => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    /// <summary>The constant that a for loop counts from; null where there is none.</summary>
    public static double? Start(ILoopOperation loop) => loop is IForLoopOperation { Before: { Length: 1 } before }
        && before[0].Descendants().OfType<IVariableDeclaratorOperation>().ToArray() is { Length: 1 } only
        ? Literals.Number(only[0].GetVariableInitializer()?.Value)
        : null;

    /// <summary>
    /// The first value, and the number of values, of a variable that counts by one between constants in a loop around an operation; null
    /// for others.
    /// </summary>
    public static (long First, long Count)? Values(IOperation operation, ISymbol variable)
    {
        for (var loop = Around(operation); loop is not null; loop = Around(loop))
            if (Indices(loop).Contains(variable, SymbolEqualityComparer.Default))
                return Values(loop, variable) is var (first, end) ? ((long)first, Math.Max(0, (long)end - (long)first)) : null;
        return null;
    }

    private static (double First, double End)? Values(ILoopOperation loop, ISymbol variable) => loop switch
    {
        IForLoopOperation { AtLoopBottom: { Length: 1 } steps, Condition: IBinaryOperation { OperatorMethod: null } bound }
            when steps[0] is IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Kind: OperationKind.Increment } }
            && bound.LeftOperand is ILocalReferenceOperation { Local: var counted }
                && SymbolEqualityComparer.Default.Equals(counted, variable)
            && Start(loop) is { } first && Literals.Number(bound.RightOperand) is { } end => bound.OperatorKind switch
            {
                BinaryOperatorKind.LessThan => (first, end),
                BinaryOperatorKind.LessThanOrEqual => (first, end + 1),
                _ => null,
            },
        IForEachLoopOperation each when Bare(each.Collection) is IInvocationOperation { TargetMethod.Name: var name, Arguments: var arguments } =>
            name == "Range"
            ? Literals.Number(arguments[0].Value) is { } start && Literals.Number(arguments[1].Value) is { } count
                ? (start, start + count)
                : null
            : arguments.All(argument => argument.Parameter?.Name is "name" or "size" || argument.ArgumentKind == ArgumentKind.DefaultValue)
                && Literals.Number(arguments.FirstOrDefault(argument => argument.Parameter?.Name == "size")?.Value) is { } size
                    ? (0, size)
                    : null,
        _ => null,
    };

    // The indices of a loop that counts by steps, or goes over a range: they have each value once.
    private static IReadOnlyList<ILocalSymbol> Indices(ILoopOperation loop) => loop switch
    {
        IForLoopOperation { Locals: var locals, AtLoopBottom: var steps } counting => [.. locals.Where(local =>
            steps.Any(step => step is IExpressionStatementOperation { Operation: var moving } && Moves(moving, local))
            && !Variables.IsWritten(local, counting.Body))],
        IForEachLoopOperation { Locals: { Length: 1 } locals } each
            when Bare(each.Collection) is IInvocationOperation { TargetMethod: var method }
            && (method.IsPrimitive(RuntimeNames.IRange) || method is { Name: "Range", ContainingType.Name: "Enumerable" })
            && !Variables.IsWritten(locals[0], each.Body) => locals,
        _ => [],
    };

    private static IOperation Bare(IOperation value) => value is IConversionOperation { IsImplicit: true } conversion ? Bare(conversion.Operand) : value;

    private static bool Moves(IOperation step, ILocalSymbol index) => step switch
    {
        IIncrementOrDecrementOperation { Target: ILocalReferenceOperation target } => SymbolEqualityComparer.Default.Equals(target.Local, index),
        ICompoundAssignmentOperation
        {
            OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract,
            Target: ILocalReferenceOperation target,
            Value.ConstantValue: { HasValue: true, Value: not 0 },
        } => SymbolEqualityComparer.Default.Equals(target.Local, index),
        _ => false,
    };

    /// <summary>Whether the operation lies in the scope of a <c>using</c>, statement or declaration: the scope of a plate, or what may be one.</summary>
    public static bool IsInPlate(IOperation operation)
    {
        for (var inner = operation; inner.Parent is { } outer; inner = outer)
            if (outer is IUsingOperation
                || (outer is IBlockOperation block && Statements.Before(block, inner).Any(statement => statement is IUsingDeclarationOperation)))
                return true;
        return false;
    }
}
