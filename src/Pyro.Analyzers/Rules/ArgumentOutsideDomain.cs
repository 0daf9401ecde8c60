using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Rules;

/// <summary>Whether the numbers that a distribution is constructed with are in its domain, wherever that is: PYRO030.</summary>
internal sealed class ArgumentOutsideDomain() : Rule(
    "PYRO030",
    DiagnosticSeverity.Error,
    "A literal argument is outside its domain",
    "Argument '{0}' of {1} must be {2}",
    "There is no such distribution, parameter or interval, and a run that meets it fails."), IOperationRule
{
    public void Check(IOperation operation, Action<Diagnostic> report)
    {
        if (operation is IInvocationOperation { TargetMethod: { ContainingType: { } type } method } call)
            if (method.Name == RuntimeNames.Param && type.FullName() == RuntimeNames.Primitives)
                CheckInitial(call, report);
            else if (type.Name == RuntimeNames.Constraints)
                CheckInterval(call, report);
        if (FamilyUse.Of(operation) is not var (family, arguments))
            return;
        foreach (var argument in arguments)
            if (family.DomainOf(argument.Parameter!.Name, parameter => Literals.Argument(arguments, parameter)) is { } domain)
                foreach (var (number, syntax) in Literals.Numbers(argument.Value))
                    if (!domain.Contains(number))
                        report(Diagnostic.Create(
                            Descriptor, syntax.GetLocation(), argument.Parameter.Name, family.Name, domain.Words));
    }

    /// <summary>A parameter begins inside of its constraint.</summary>
    private void CheckInitial(IInvocationOperation param, Action<Diagnostic> report)
    {
        if (Value(param, "initial") is { } initial && GivenConstraint.Of(Value(param, "constraint")) is { } set)
            foreach (var (number, syntax) in Literals.Numbers(initial))
                if (!set.Contains(number))
                    report(Diagnostic.Create(Descriptor, syntax.GetLocation(), "initial", param.TargetMethod.Name, set.Words));
    }

    /// <summary>An interval has numbers in it.</summary>
    private void CheckInterval(IInvocationOperation interval, Action<Diagnostic> report)
    {
        if (interval.Arguments is { Length: 2 } ends && Literals.Number(ends[0].Value) is { } lower
            && Literals.Number(ends[1].Value) is { } upper
            && GivenConstraint.Of(interval) is { } set && !new[] { lower, (lower + upper) / 2, upper }.Any(set.Contains))
            report(Diagnostic.Create(
                Descriptor,
                ends[1].Value.Syntax.GetLocation(),
                ends[1].Parameter!.Name,
                interval.TargetMethod.Name,
                $"greater than {lower}"));
    }

    private static IOperation? Value(IInvocationOperation call, string parameter) => call.Arguments
        .FirstOrDefault(argument => argument.Parameter?.Name == parameter && argument.ArgumentKind != ArgumentKind.DefaultValue)?.Value;
}
