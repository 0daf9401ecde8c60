using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Rules;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO032: a number that is observed and that the distribution cannot give.</summary>
internal sealed class ObservationOutsideSupport : IProgramRule
{
    public DiagnosticDescriptor Descriptor => SupportRules.ObservationOutsideSupport;

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var call in program.Primitives)
            if (call.Value is { } value && Families.Constructions(call) is { Count: > 0 } constructions)
                foreach (var (number, syntax) in Literals.Numbers(value))
                    if (constructions.All(construction => Families.Support(construction)?.Contains(number) == false))
                        report(Diagnostic.Create(Descriptor, syntax.GetLocation(), Families.Of(constructions[0])!.Name, Families.Support(constructions[0])!.Words));
    }
}
