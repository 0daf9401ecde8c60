using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO026: an observation in a guide.</summary>
internal sealed class ObserveInGuide() : Rule(
    "PYRO026",
    DiagnosticSeverity.Error,
    "A guide observes",
    "Guide '{0}' must not observe: data belong into its model",
    "A guide is a distribution over the latent sites that can be sampled from and scored; an observation in it would enter the ELBO "
        + "with the wrong sign."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        if (type.Symbols.Programs.IsModel(program.Method))
            return;
        foreach (var call in program.Primitives)
            if (call.Kind == PrimitiveKind.Observe)
                report(Diagnostic.Create(Descriptor, call.Verb, program.Method.Name));
    }
}
