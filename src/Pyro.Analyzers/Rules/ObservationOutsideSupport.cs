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
            if (call.Kind == PrimitiveKind.Observe && call.Argument("value") is { } value && Families.Support(call) is { } support)
                foreach (var (number, syntax) in Literals.Numbers(value))
                    if (!support.Contains(number))
                        report(Diagnostic.Create(Descriptor, syntax.GetLocation(), Families.Of(call)!.Name, support.Words));
    }
}
