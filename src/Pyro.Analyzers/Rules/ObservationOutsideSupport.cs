using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO032: a number that is observed and that the distribution cannot give.</summary>
internal sealed class ObservationOutsideSupport() : Rule(
    "PYRO032",
    DiagnosticSeverity.Error,
    "A literal observation is outside the distribution's support",
    "{0} has no value like this: an observation must be {1}",
    "The log density of the observation is minus infinity whatever the latent sites are, so nothing can be inferred."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var call in program.Primitives)
            if (call.Value is { } value && call.Constructions is { Count: > 0 } constructions)
                foreach (var (number, syntax) in Literals.Numbers(value))
                    if (constructions.All(construction => construction.Support?.Contains(number) == false))
                        report(Diagnostic.Create(
                            Descriptor, syntax.GetLocation(), constructions[0].Family!.Name, constructions[0].Support!.Words));
    }
}
