using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>The constraint that a call of Param is given.</summary>
internal static class GivenConstraint
{
    /// <summary>Where the parameter's values lie; null where that is not known.</summary>
    /// <param name="constraint">The argument; null where it is left out.</param>
    public static Constraint? Of(IOperation? constraint) => constraint switch
    {
        null or { ConstantValue: { HasValue: true, Value: null } } => Constraint.Real,
        IPropertyReferenceOperation { Property: { ContainingType.Name: RuntimeNames.Constraints } set } => Constraint.Of(set, _ => null),
        IInvocationOperation { TargetMethod: { ContainingType.Name: RuntimeNames.Constraints } set } call =>
            Constraint.Of(set, parameter => Literals.Argument(call.Arguments, parameter.Name)),
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? Of(only) : null,
        IConversionOperation conversion => Of(conversion.Operand),
        _ => null,
    };
}
