using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Reading;
using Pyro.Compiler.Catalog;

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
    /// Whether one iteration of a loop at most reaches an operation: it lies where the loop's own index, which has each value once, equals
    /// one value, by <c>if</c>,
    /// <c>?:</c>, <c>&amp;&amp;</c> or a case of a <c>switch</c>.
    /// </summary>
    public static bool RunsOnce(IOperation operation, ILoopOperation loop)
    {
        if (Index(loop) is not { } index)
            return false;
        for (var inner = operation; inner.Parent is { } outer && !ReferenceEquals(inner, loop.Body); inner = outer)
            if (IsOneValue(outer, inner))
                return true;
        return false;

        bool IsOneValue(IOperation outer, IOperation inner) => outer switch
        {
            IConditionalOperation choice => ReferenceEquals(choice.WhenTrue, inner) && Fixes(choice.Condition),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both =>
                ReferenceEquals(both.RightOperand, inner) && Fixes(both.LeftOperand),
            ISwitchCaseOperation { Parent: ISwitchOperation choice } section => IsIndex(choice.Value)
                && section.Clauses.Length == 1
                && section.Clauses[0] is ISingleValueCaseClauseOperation { Value: var value } && Stays(value),
            ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice, Pattern: IConstantPatternOperation } arm =>
                IsIndex(choice.Value) && ReferenceEquals(arm.Value, inner),
            _ => false,
        };

        bool Fixes(IOperation condition) => condition switch
        {
            IParenthesizedOperation { Operand: var operand } => Fixes(operand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => Fixes(both.LeftOperand) || Fixes(both.RightOperand),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, OperatorMethod: null } equal =>
                (IsIndex(equal.LeftOperand) && Stays(equal.RightOperand)) || (IsIndex(equal.RightOperand) && Stays(equal.LeftOperand)),
            IIsPatternOperation { Pattern: IConstantPatternOperation, Value: var value } => IsIndex(value),
            _ => false,
        };

        bool IsIndex(IOperation value) => value switch
        {
            // A cast may make one value of several.
            IConversionOperation { IsImplicit: true, OperatorMethod: null } conversion => IsIndex(conversion.Operand),
            ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, index),
            _ => false,
        };

        // Numbers, parameters and variables that the loop does not write to.
        bool Stays(IOperation value) => value.DescendantsAndSelf().All(part => part switch
        {
            { ConstantValue.HasValue: true } or IConversionOperation or IBinaryOperation or IUnaryOperation or IParenthesizedOperation => true,
            ILocalReferenceOperation local => !IsDeclaredIn(local.Local) && !Variables.IsWritten(local.Local, loop),
            IParameterReferenceOperation parameter => !Variables.IsWritten(parameter.Parameter, loop),
            _ => false,
        });

        bool IsDeclaredIn(ILocalSymbol local) => local.DeclaringSyntaxReferences.Any(reference => loop.Syntax.FullSpan.Contains(reference.Span));
    }

    // The index of a loop that counts by one step, or goes over a range: it has each value once.
    private static ILocalSymbol? Index(ILoopOperation loop) => loop switch
    {
        IForLoopOperation { Locals: { Length: 1 } locals, AtLoopBottom: { Length: 1 } steps } counting
            when steps[0] is IExpressionStatementOperation { Operation: var step } && Moves(step, locals[0]) && !Variables.IsWritten(locals[0], counting.Body) => locals[0],
        IForEachLoopOperation { Locals: { Length: 1 } locals } each
            when Bare(each.Collection) is IInvocationOperation { TargetMethod: var method }
            && (method.IsPrimitive(RuntimeNames.IRange) || method is { Name: "Range", ContainingType.Name: "Enumerable" })
            && !Variables.IsWritten(locals[0], each.Body) => locals[0],
        _ => null,
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
            if (outer is IUsingOperation || (outer is IBlockOperation block && block.Operations.TakeWhile(o => o != inner).Any(o => o is IUsingDeclarationOperation)))
                return true;
        return false;
    }
}
