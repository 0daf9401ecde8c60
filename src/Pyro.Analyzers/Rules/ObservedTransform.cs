using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO034: a nonlinear function of a latent site is observed: the density of the latent is not that of its transform. A factor that is computed from the
/// latent is taken for the Jacobian.
/// </summary>
internal sealed class ObservedTransform() : Rule(
    "PYRO034",
    DiagnosticSeverity.Warning,
    "A nonlinear transform of a latent site is observed",
    "'{0}' of the latent site '{1}' is observed without the Jacobian of the transform",
    "A density at a transformed value is not the density of the value: the logarithm of the transform's "
        + "derivative is missing."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var (value, latent, function) in ObservedLatent.Observations(program))
            if (function is not null && !HasFactor(latent, program))
                report(Diagnostic.Create(Descriptor, value.Syntax.GetLocation(), function, latent.Name.Text));
    }

    private static bool HasFactor(PrimitiveCall latent, MethodBody program) => program.Primitives.Any(factor => factor.Kind == PrimitiveKind.Factor && factor.Density is { } density
        && Derivation.From(density, program, site => site == latent, decisions: true).Any());
}
