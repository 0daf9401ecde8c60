using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Rules;

/// <summary>
/// PYRO031: a parameter that is an argument of a distribution as it is, or in parts or another shape, directly or by a variable that has no other value, and may leave the
/// argument's domain. Reported on the call of Param.
/// </summary>
internal sealed class UnconstrainedParam() : Rule(
    "PYRO031",
    DiagnosticSeverity.Warning,
    "A parameter is not constrained to the domain of the argument that it feeds",
    "Parameter '{0}' becomes argument '{1}' of {2}, which must be {3}: give it Constraints.{4}",
    "Without a constraint a gradient step may move the parameter anywhere, and a run fails when it has left the domain."), IProgramRule
{
    /// <summary>Property of the diagnostic: the constraint that the parameter needs, by its name in Constraints.</summary>
    public const string ConstraintName = nameof(ConstraintName);

    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        var reported = new HashSet<PrimitiveCall>();
        foreach (var (param, argument, family, _, domain) in FedArguments.Outside(program, Set))
            if (reported.Add(param))
                report(Create(param, argument.Parameter!.Name, family.Name, domain));
    }

    private Diagnostic Create(PrimitiveCall param, string argument, string family, Constraint domain)
    {
        // Parameters are learned in the open set: a probability that is 0 or 1 has no gradient back.
        var constraint = domain.Name == RuntimeNames.NonNegative ? RuntimeNames.Positive : domain.Name;
        var properties = ImmutableDictionary<string, string?>.Empty.Add(ConstraintName, constraint);
        return Diagnostic.Create(
            Descriptor, param.Operation.Syntax.GetLocation(), properties, param.Name.Constant ?? param.NameArgument.ToString(), argument, family, domain.Words, constraint);
    }

    // The constraint of a call without an initial value is given elsewhere.
    private static Constraint? Set(PrimitiveCall call) => call.Kind == PrimitiveKind.Param && call.Argument("initial") is not null
        ? GivenConstraint.Of(call.Argument("constraint"))
        : null;
}
