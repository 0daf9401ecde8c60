using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO036: a latent that is an argument of a distribution and has values for which there is no such distribution.</summary>
internal sealed class LatentOutsideDomain() : Rule(
    "PYRO036",
    DiagnosticSeverity.Warning,
    "A latent may be outside the domain of the argument that it feeds",
    "Latent site '{0}' becomes argument '{1}' of {2}, which must be {3}: {4} gives any value that is {5}",
    "A run fails when the latent has a value for which the distribution does not exist. A prior whose support is inside the domain, or a "
        + "function that leads there, has none."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var (latent, argument, family, support, domain) in FedArguments.Outside(
            program, call => call.Kind == PrimitiveKind.Sample ? call.Support : null))
            report(Diagnostic.Create(
                Descriptor, argument.Value.Syntax.GetLocation(),
                latent.Name.Text ?? latent.NameArgument.ToString(), argument.Parameter!.Name, family.Name, domain.Words, latent.Constructions[0].Family!.Name, support.Words));
    }
}
