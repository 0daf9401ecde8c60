using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

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
        foreach (var construction in program.Body.Descendants().OfType<IObjectCreationOperation>())
            foreach (var argument in Family.Of(construction.Type) is null ? [] : construction.Arguments)
                if (Family.Of(construction.Type)!.DomainOf(argument.Parameter!.Name, _ => null) is { IsDiscrete: false } domain
                    && Param(argument.Value, program) is { } param
                    // Of a matrix or a vector the elements may lie where the whole does not say, as a diagonal does.
                    && Set(param) is { } set && !set.IsInside(domain) && (domain.IsWhole || !set.IsWhole)
                    && reported.Add(param))
                    report(Create(param, argument.Parameter.Name, construction.Type!.Name, domain));
    }

    private Diagnostic Create(PrimitiveCall param, string argument, string family, Constraint domain)
    {
        // Parameters are learned in the open set: a probability that is 0 or 1 has no gradient back.
        var constraint = domain.Name == RuntimeNames.NonNegative ? RuntimeNames.Positive : domain.Name;
        var properties = ImmutableDictionary<string, string?>.Empty.Add(ConstraintName, constraint);
        return Diagnostic.Create(
            Descriptor, param.Operation.Syntax.GetLocation(), properties, param.Name.Constant ?? param.NameArgument.ToString(), argument, family, domain.Words, constraint);
    }

    /// <summary>The parameter that an expression is.</summary>
    private static PrimitiveCall? Param(IOperation value, MethodBody program) => value switch
    {
        IConversionOperation { IsImplicit: true } conversion => Param(conversion.Operand, program),
        IPropertyReferenceOperation { Property: { IsIndexer: true, Type.Name: "Tensor" }, Instance: { } whole } => Param(whole, program),
        IInvocationOperation { Instance: { Type.Name: "Tensor" } whole } call when _views.Contains(call.TargetMethod.Name) => Param(whole, program),
        IInvocationOperation => program.Primitive(value) is { Kind: PrimitiveKind.Param } param ? param : null,
        ILocalReferenceOperation local when Variables.OnlyValue(local.Local, program.Body) is { } only => Param(only, program),
        _ => null,
    };

    // The same numbers, or some of them.
    private static readonly HashSet<string> _views =
        ["unsqueeze", "squeeze", "expand", "expand_as", "view", "reshape", "flatten", "to", "clone", "contiguous", "index_select", "select", "narrow", "repeat"];

    /// <summary>Where the parameter's values lie; null where its constraint is not known, or is given elsewhere.</summary>
    private static Constraint? Set(PrimitiveCall param) => param.Argument("initial") is null ? null : param.Argument("constraint") switch
    {
        null or { ConstantValue: { HasValue: true, Value: null } } => Constraint.Real,
        IPropertyReferenceOperation { Property: { ContainingType.Name: RuntimeNames.Constraints } set } =>
            Constraint.Of(set, _ => null),
        IInvocationOperation { TargetMethod: { ContainingType.Name: RuntimeNames.Constraints } set } call =>
            Constraint.Of(set, parameter => Literals.Argument(call.Arguments, parameter.Name)),
        _ => null,
    };
}
