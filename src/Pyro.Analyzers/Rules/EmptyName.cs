using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO014: a name without characters.</summary>
internal sealed class EmptyName : IProgramRule
{
    public DiagnosticDescriptor Descriptor => NameRules.EmptyName;

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
