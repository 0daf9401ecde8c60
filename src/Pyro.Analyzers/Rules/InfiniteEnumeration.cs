using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Catalog;

namespace Pyro.Analyzers.Rules;

/// <summary>PYRO042: options that ask for the enumeration of a site whose values have no end.</summary>
internal sealed class InfiniteEnumeration() : Rule(
    "PYRO042",
    DiagnosticSeverity.Error,
    "Enumeration is asked of a site with infinite support",
    "Site '{0}' cannot be enumerated: {1} has infinitely many values",
    "Enumeration sums over all values of a site, so there must be an end to them."), IProgramRule
{
    public void Check(MethodBody program, ProgramType type, Action<Diagnostic> report)
    {
        foreach (var site in program.Primitives)
            if (WrittenOptions.Of(site) is { Initializer: { } initializer } && site.Families is { } families && families.All(IsEndless))
                foreach (var set in initializer.Initializers.OfType<ISimpleAssignmentOperation>())
                    if (set is { Target: IPropertyReferenceOperation { Property.Name: "Enumerate" }, Value: var value } && IsAsked(value))
                        report(Diagnostic.Create(Descriptor, set.Syntax.GetLocation(), site.Name.Text ?? site.NameArgument.ToString(), families[0].Name));
    }

    private static bool IsEndless(Family family) => family is { IsDiscrete: false } or { Enumerable: false, Support.Length: > 0 };

    private static bool IsAsked(IOperation value) => value is IConversionOperation conversion ? IsAsked(conversion.Operand) : value is IFieldReferenceOperation { Field: { Name: not "No", ContainingType.TypeKind: TypeKind.Enum } };
}
