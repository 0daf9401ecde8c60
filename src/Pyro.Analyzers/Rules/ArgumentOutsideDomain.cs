using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>Whether the numbers that a distribution is constructed with are in its domain, wherever that is: PYRO030.</summary>
internal sealed class ArgumentOutsideDomain() : Rule(
    "PYRO030",
    DiagnosticSeverity.Error,
    "A literal argument is outside the distribution's domain",
    "Argument '{0}' of {1} must be {2}",
    "The distribution does not exist for this argument, and a run that meets it fails."), IOperationRule
{
    public void Check(IOperation operation, Action<Diagnostic> report)
    {
        if (FamilyUse.Of(operation) is not var (family, arguments))
            return;
        foreach (var argument in arguments)
            if (family.DomainOf(argument.Parameter!.Name, parameter => Literals.Argument(arguments, parameter)) is { } domain)
                foreach (var (number, syntax) in Literals.Numbers(argument.Value))
                    if (!domain.Contains(number))
                        report(Diagnostic.Create(
                            Descriptor, syntax.GetLocation(), argument.Parameter.Name, family.Name, domain.Words));
    }
}
