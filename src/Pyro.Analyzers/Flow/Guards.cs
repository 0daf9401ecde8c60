using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// The conditions under which an operation runs. Those over parameters alone, which a guide and its model are given alike, can be compared
/// between the two.
/// </summary>
internal sealed class Guards
{
    private readonly HashSet<(string Condition, bool Holds)> _known = [];
    private bool _hasOthers;

    private Guards(params IOperation[] operations)
    {
        foreach (var operation in operations)
            for (var inner = operation; inner.Parent is { } outer; inner = outer)
                Read(outer, inner);
    }

    /// <summary>The conditions of a site that has one of its constructions, whose text may stand before it.</summary>
    public static Guards Of(PrimitiveCall site, Construction made) => new(site.Operation, made.Creation);

    /// <summary>The conditions of a site.</summary>
    public static Guards Of(PrimitiveCall site) => new(site.Operation);

    /// <summary>Whether no run meets both.</summary>
    public bool Excludes(Guards other) => _known.Any(guard => other._known.Contains((guard.Condition, !guard.Holds)));

    /// <summary>Whether a run that meets this is certain to meet the other.</summary>
    public bool Implies(Guards other) => !other._hasOthers && other._known.IsSubsetOf(_known);

    private void Read(IOperation outer, IOperation inner)
    {
        switch (outer)
        {
            case IConditionalOperation choice:
                if (!ReferenceEquals(choice.Condition, inner))
                    Add(choice.Condition, ReferenceEquals(choice.WhenTrue, inner));
                break;
            case IBlockOperation block:
                foreach (var before in Statements.Before(block, inner))
                    if (before is IConditionalOperation { WhenFalse: null } leaving && Loops.Leaves(leaving.WhenTrue))
                        Add(leaving.Condition, false);
                    else
                        _hasOthers |= before is not IUsingDeclarationOperation;
                break;
            case ILoopOperation or ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation or IConditionalAccessOperation
                or ITryOperation
                or IAnonymousFunctionOperation or ILocalFunctionOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                _hasOthers = true;
                break;
        }
    }

    private void Add(IOperation condition, bool holds)
    {
        switch (condition)
        {
            case IParenthesizedOperation inner:
                Add(inner.Operand, holds);
                break;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                Add(not.Operand, !holds);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both
                when both.OperatorKind == BinaryOperatorKind.ConditionalAnd == holds:
                Add(both.LeftOperand, holds);
                Add(both.RightOperand, holds);
                break;
            default:
                if (Text(condition) is { } text)
                    _known.Add((text, holds));
                else
                    _hasOthers = true;
                break;
        }
    }

    /// <summary>
    /// A condition in a form that both programs share, parameters by their places; null where it is of more than parameters.
    /// </summary>
    private static string? Text(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: var constant } } => $"{constant}",
        IParameterReferenceOperation parameter when !Variables.IsWritten(parameter.Parameter, Variables.Root(parameter)) =>
            $"#{parameter.Parameter.Ordinal}",
        IConversionOperation conversion => Text(conversion.Operand),
        IParenthesizedOperation inner => Text(inner.Operand),
        IPropertyReferenceOperation { Instance: { } instance, Arguments.Length: 0 } property => Text(instance) is { } of
            ? $"{of}.{property.Property.Name}" : null,
        IUnaryOperation unary => Text(unary.Operand) is { } operand ? $"{unary.OperatorKind}({operand})" : null,
        IBinaryOperation binary => Text(binary.LeftOperand) is { } left && Text(binary.RightOperand) is { } right
            ? $"{binary.OperatorKind}({left},{right})"
            : null,
        IIsPatternOperation { Pattern: IConstantPatternOperation pattern } match => Text(match.Value) is { } matched
            ? $"{matched} is {Text(pattern.Value)}" : null,
        _ => null,
    };
}
