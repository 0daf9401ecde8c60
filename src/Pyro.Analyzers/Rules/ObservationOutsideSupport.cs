using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO032: a number that is observed and that the distribution cannot give.</summary>
internal sealed class ObservationOutsideSupport : IProgramRule
{
    public DiagnosticDescriptor Descriptor => SupportRules.ObservationOutsideSupport;

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
