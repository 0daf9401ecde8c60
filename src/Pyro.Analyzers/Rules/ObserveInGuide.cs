using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO026: an observation in a guide.</summary>
internal sealed class ObserveInGuide : IProgramRule
{
    public DiagnosticDescriptor Descriptor => GuideRules.ObserveInGuide;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        if (type.Symbols.Programs.IsModel(program.Method))
            return;
        foreach (var call in program.Primitives)
            if (call.Kind == PrimitiveKind.Observe)
                report(Diagnostic.Create(Descriptor, call.Verb, program.Method.Name));
    }
}
