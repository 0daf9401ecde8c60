using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers;

/// <summary>Whether an argument that is any number is a division of integers, which is 0 for 1 / 4: PYRO035.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class IntegerDivisionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [SupportRules.IntegerDivision];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.ObjectCreation, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var (name, family, arguments) = context.Operation switch
        {
            IObjectCreationOperation { Type: { } type } construction when Family.Of(construction.Type) is { } made => (type.Name, made, construction.Arguments),
            IInvocationOperation { TargetMethod: { IsStatic: true, Name: "LogProb" or "LogPdf" or "Sample" } form } call when Family.Of(form.ContainingType) is { } of =>
                (form.ContainingType.Name, of, call.Arguments),
            IInvocationOperation { TargetMethod: { Name: RuntimeNames.Param } method } call when method.ContainingType is { Name: "Primitives", ContainingNamespace.Name: "Pyro" } =>
                (method.Name, null, call.Arguments),
            _ => default,
        };
        if (name is null)
            return;
        foreach (var argument in arguments)
            // How often something is tried may well be half of something else.
            if (argument.Parameter is { } parameter && (family is null ? parameter.Name == "initial" : family.DomainOf(parameter.Name, _ => null) is { IsDiscrete: false }))
                foreach (var division in Divisions(argument.Value))
                    context.ReportDiagnostic(Diagnostic.Create(SupportRules.IntegerDivision, division.Syntax.GetLocation(), division.Syntax.ToString(), parameter.Name, name));
    }

    // Those whose result the argument is, or a sum or multiple of it. One of constants that leaves no remainder is as good as any.
    private static IEnumerable<IBinaryOperation> Divisions(IOperation value) => value switch
    {
        IConversionOperation { Operand: var operand } => Divisions(operand),
        IParenthesizedOperation { Operand: var operand } => Divisions(operand),
        IUnaryOperation { OperatorMethod: null, Operand: var operand } => Divisions(operand),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide, OperatorMethod: null } division when IsInteger(division.Type) => LeavesNothing(division) ? [] : [division],
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract or BinaryOperatorKind.Multiply or BinaryOperatorKind.Divide } sum =>
            Divisions(sum.LeftOperand).Concat(Divisions(sum.RightOperand)),
        IConditionalOperation { WhenTrue: var first, WhenFalse: { } second } => Divisions(first).Concat(Divisions(second)),
        _ => [],
    };

    private static bool IsInteger(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64;

    private static bool LeavesNothing(IBinaryOperation division) =>
        division.LeftOperand.ConstantValue is { HasValue: true, Value: { } number } && division.RightOperand.ConstantValue is { HasValue: true, Value: { } by }
        && Convert.ToDecimal(by, System.Globalization.CultureInfo.InvariantCulture) is var divisor and not 0
        && Convert.ToDecimal(number, System.Globalization.CultureInfo.InvariantCulture) % divisor == 0;
}
