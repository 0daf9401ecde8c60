using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Pyro.Analyzers.Flow;
using Pyro.Compiler.Reading;

namespace Pyro.Analyzers.Uses;

/// <summary>Which programs a program under handlers, a trace or a posterior is made of.</summary>
internal static class Origin
{
    private const string Compiled = "Compiled";

    /// <summary>The methods of the programs; null where there may be others.</summary>
    public static IReadOnlyList<IMethodSymbol>? Of(IOperation value, RuntimeSymbols symbols) => value switch
    {
        IConversionOperation conversion => Of(conversion.Operand, symbols),
        IArgumentOperation argument => Of(argument.Value, symbols),
        ILocalReferenceOperation local => Variables.OnlyValue(local.Local, Variables.Root(local)) is { } only ? Of(only, symbols) : null,
        IPropertyReferenceOperation { Property: { Name: var name, ContainingType: var type } property } when name.StartsWith(Compiled, StringComparison.Ordinal) && IsProgram(property.Type) =>
            type.GetMembers(name.Substring(Compiled.Length)).OfType<IMethodSymbol>().Where(symbols.Programs.IsProgram).ToArray() is { Length: 1 } programs ? programs : null,
        // A handler leaves names as they are, and a trace has those of the run.
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Handlers", Name: not "Indep" }, Arguments: { Length: > 0 } arguments } => Of(arguments[0], symbols),
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Posterior", Name: "Sample", IsStatic: true }, Arguments: { Length: > 0 } arguments } => Of(arguments[0], symbols),
        IInvocationOperation { TargetMethod.Name: "Run" or "ToPosterior", Instance: { } instance } => Of(instance, symbols),
        IObjectCreationOperation { Type.ContainingNamespace.Name: "Infer" } algorithm => Union(algorithm.Arguments.Where(argument => IsProgram(argument.Parameter?.Type) && argument.Value.ConstantValue is not { HasValue: true, Value: null }), symbols),
        _ => null,
    };

    private static IReadOnlyList<IMethodSymbol>? Union(IEnumerable<IOperation> values, RuntimeSymbols symbols)
    {
        var all = new List<IMethodSymbol>();
        foreach (var value in values)
            if (Of(value, symbols) is { } programs)
                all.AddRange(programs);
            else
                return null;
        return all;
    }

    private static bool IsProgram(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type is { Name: "Program", ContainingNamespace: { Name: "Programs", ContainingNamespace.Name: "Pyro" } })
                return true;
        return false;
    }
}
