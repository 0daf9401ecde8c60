using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO014: a name without characters.</summary>
internal sealed class EmptyName() : Rule(
    "PYRO014",
    DiagnosticSeverity.Error,
    "A name is empty",
    "The name of a {0} must not be empty",
    "A name is what a site, a parameter or a plate is found by."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var call in program.Primitives)
            if (call.Name.Constant is "")
                report(Diagnostic.Create(Descriptor, call.NameArgument.GetLocation(), Noun(call.Kind)));
    }

    private static string Noun(PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.Param => "parameter",
        PrimitiveKind.Deterministic => "value",
        PrimitiveKind.IArange or PrimitiveKind.IRange => "plate",
        _ => "site",
    };
}
