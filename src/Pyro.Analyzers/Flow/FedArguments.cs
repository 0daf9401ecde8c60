using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// The arguments of distributions that are the value of a primitive: as it is, in parts or in another shape, directly or by a variable that
/// has no other value.
/// </summary>
internal static class FedArguments
{
    // The same numbers, or some of them.
    private static readonly HashSet<string> _views =
        ["unsqueeze", "squeeze", "expand", "expand_as", "view", "reshape", "flatten", "to", "clone", "contiguous", "index_select", "select", "narrow", "repeat"];

    /// <summary>The arguments with a domain of numbers that a set of values may leave.</summary>
    /// <param name="program">Where they are.</param>
    /// <param name="set">Where the values of a primitive lie; null where that is not known.</param>
    public static IEnumerable<(PrimitiveCall From, IArgumentOperation Argument, Family Family, Constraint Set, Constraint Domain)> Outside(
        MethodBody program, Func<PrimitiveCall, Constraint?> set) =>
        from construction in program.Body.Descendants().OfType<IObjectCreationOperation>()
        let family = Family.Of(construction.Type)
        where family is not null
        from argument in construction.Arguments
        let domain = family.DomainOf(argument.Parameter!.Name, _ => null)
        where domain is { IsDiscrete: false }
        let source = Source(argument.Value, program)
        where source is not null
        let values = set(source)
        // Of a matrix or a vector the elements may lie where the whole does not say, as a diagonal does.
        where values is not null && !values.IsInside(domain) && (domain.IsWhole || !values.IsWhole)
        select (source, argument, family, values, domain);

    private static PrimitiveCall? Source(IOperation value, MethodBody program) => value switch
    {
        IConversionOperation { IsImplicit: true } conversion => Source(conversion.Operand, program),
        IPropertyReferenceOperation { Property: { IsIndexer: true, Type.Name: "Tensor" }, Instance: { } whole } => Source(whole, program),
        IInvocationOperation { Instance: { Type.Name: "Tensor" } whole } call when _views.Contains(call.TargetMethod.Name) =>
            Source(whole, program),
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, program.Body) is { } only ? Source(only, program) : null,
        _ => program.Primitive(value),
    };
}
