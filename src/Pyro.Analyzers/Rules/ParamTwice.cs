using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO061: a parameter that starts with another value, or has another constraint, than where the program uses it before. The store keeps what came first.
/// Only constants, and constraints by name, are compared.
/// </summary>
internal sealed class ParamTwice() : Rule(
    "PYRO061",
    DiagnosticSeverity.Warning,
    "One parameter has two initial values or constraints",
    "The parameter '{0}' has another {1} above; the store keeps the first: give both the same, or two names",
    "A parameter is made where the program meets it first; what stands at later uses is not looked at."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        var seen = new Dictionary<string, PrimitiveCall>();
        foreach (var param in program.Primitives.Where(call => call.Kind == PrimitiveKind.Param && call.Name.Constant is not null))
        {
            if (!seen.TryGetValue(param.Name.Constant!, out var first))
                seen.Add(param.Name.Constant!, param);
            else if (Differs(Initial(first), Initial(param)))
                Report(param, "initial", "initial value", report);
            else if (Differs(Constraint(first), Constraint(param)))
                Report(param, "constraint", "constraint", report);
        }
    }

    private void Report(PrimitiveCall param, string argument, string what, Action<Diagnostic> report) =>
        report(Diagnostic.Create(Descriptor, (param.Argument(argument)?.Syntax ?? param.Operation.Syntax).GetLocation(), param.Name.Constant, what));

    // What is not known is not different.
    private static bool Differs(object? first, object? second) => first is not null && second is not null && !first.Equals(second);

    private static object? Initial(PrimitiveCall param) =>
        param.Argument("initial") is { } initial && Literals.Numbers(initial).Select(found => found.Number).Distinct().ToArray() is { Length: 1 } one ? one[0] : null;

    private static object? Constraint(PrimitiveCall param) => param.Argument("initial") is null ? null : param.Argument("constraint") switch
    {
        null or { ConstantValue: { HasValue: true, Value: null } } => "Real",
        IPropertyReferenceOperation { Property: { ContainingType.Name: "Constraints", Name: var name } } => name,
        _ => null,
    };
}
