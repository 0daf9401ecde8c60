using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO034: a nonlinear function of a latent site is observed: the density of the latent is not that of its transform. A factor that is computed from the
/// latent is taken for the Jacobian.
/// </summary>
internal sealed class ObservedTransform : IProgramRule
{
    public DiagnosticDescriptor Descriptor => SupportRules.ObservedTransform;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var (value, latent, function) in ObservedLatent.Observations(program))
            if (function is not null && !HasFactor(latent, program))
                report(Diagnostic.Create(Descriptor, value.Syntax.GetLocation(), function, latent.Name.Text));
    }

    private static bool HasFactor(PrimitiveCall latent, MethodBody program) => program.Primitives.Any(factor => factor.Kind == PrimitiveKind.Factor && factor.Density is { } density
        && Derivation.From(density, program, site => site == latent, decisions: true).Any());
}
