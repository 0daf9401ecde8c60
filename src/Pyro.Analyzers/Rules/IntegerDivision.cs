using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>Whether an argument that is any number is a division of integers, which is 0 for 1 / 4: PYRO035.</summary>
internal sealed class IntegerDivision() : Rule(
    "PYRO035",
    DiagnosticSeverity.Info,
    "An argument divides integers",
    "{0} divides integers and drops the remainder before it is argument '{1}' of {2}: write one of the two as a floating point "
        + "number",
    "In C# 1 / 4 is 0. As a probability or a scale that is seldom meant."), IOperationRule
{
    public void Check(IOperation operation, Action<Diagnostic> report)
    {
        if (FamilyUse.Of(operation) is var (family, arguments))
            // How often something is tried may well be half of something else.
            Check(report, arguments, family.Name, parameter => family.DomainOf(parameter, _ => null) is { IsDiscrete: false });
        else if (operation is IInvocationOperation { TargetMethod: { Name: RuntimeNames.Param } method } call
            && method.ContainingType.FullName() == RuntimeNames.Primitives)
            Check(report, call.Arguments, method.Name, parameter => parameter == "initial");
    }

    private void Check(
        Action<Diagnostic> report, ImmutableArray<IArgumentOperation> arguments, string name, Func<string, bool> isNumber)
    {
        foreach (var argument in arguments)
            if (argument.Parameter is { } parameter && isNumber(parameter.Name))
                foreach (var division in Divisions(argument.Value))
                    report(Diagnostic.Create(
                        Descriptor, Place(division, argument), division.Syntax.ToString(), parameter.Name, name));
    }

    // A division in another method is told of where its result is an argument.
    private static Location Place(IOperation division, IArgumentOperation argument) =>
        (Variables.Root(division) == Variables.Root(argument) ? division : argument.Value).Syntax.GetLocation();

    // Those whose result the argument is, or a sum or multiple of it. One of constants that leaves no remainder is as good as any.
    private static IEnumerable<IBinaryOperation> Divisions(IOperation value, int depth = 0) => value switch
    {
        IConversionOperation { Operand: var operand } => Divisions(operand, depth),
        IParenthesizedOperation { Operand: var operand } => Divisions(operand, depth),
        IUnaryOperation { OperatorMethod: null, Operand: var operand } => Divisions(operand, depth),
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? Divisions(only, depth) : [],
        // Methods may call each other without end.
        IInvocationOperation call => depth < 4 && Results.Of(call) is { } result ? Divisions(result, depth + 1) : [],
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide, OperatorMethod: null } division when IsInteger(division.Type) => LeavesNothing(division) ? [] : [division],
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide } sum =>
            Divisions(sum.LeftOperand, depth).Concat(Divisions(sum.RightOperand, depth)),
        IConditionalOperation { WhenTrue: var first, WhenFalse: { } second } => Divisions(first, depth).Concat(Divisions(second, depth)),
        _ => [],
    };

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64;

    private static bool LeavesNothing(IBinaryOperation division) =>
        division.LeftOperand.ConstantValue is { HasValue: true, Value: { } number } && division.RightOperand.ConstantValue is { HasValue: true, Value: { } by }
        && Convert.ToDecimal(by, System.Globalization.CultureInfo.InvariantCulture) is var divisor and not 0
        && Convert.ToDecimal(number, System.Globalization.CultureInfo.InvariantCulture) % divisor == 0;
}
