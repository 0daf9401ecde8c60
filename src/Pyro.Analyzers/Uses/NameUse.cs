using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Uses;

/// <summary>A constant by which a site of something is looked for: of a program under a handler, of a trace, of a posterior.</summary>
internal sealed class NameUse(IOperation subject, string name, SyntaxNode syntax)
{
    private static readonly HashSet<string> _handlers = ["Condition", "Do", "Substitute", "Block", "Replay", "Lift"];

    /// <summary>The program, trace or posterior.</summary>
    public IOperation Subject { get; } = subject;

    public string Name { get; } = name;

    /// <summary>The constant.</summary>
    public SyntaxNode Syntax { get; } = syntax;

    /// <summary>The names in a call or an indexer.</summary>
    public static IEnumerable<NameUse> Of(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { ContainingType.Name: "Handlers" } method } call when _handlers.Contains(method.Name) && IsOfPyro(method) && call.Arguments.Length > 0 =>
            call.Arguments.Where(argument => argument.Parameter?.Name is "data" or "values" or "priors" or "hide" or "expose" or "sites")
                .SelectMany(argument => Constants(argument.Value)).Select(found => new NameUse(call.Arguments[0].Value, found.Name, found.Syntax)),
        IInvocationOperation { Instance: { } instance } call when IsSearched(call.TargetMethod) => Named(instance, call.Arguments),
        IPropertyReferenceOperation { Instance: { } instance, Property: { IsIndexer: true } indexer } reference when IsSearched(indexer) => Named(instance, reference.Arguments),
        _ => [],
    };

    private static IEnumerable<NameUse> Named(IOperation instance, ImmutableArray<IArgumentOperation> arguments) =>
        from argument in arguments
        where argument.Parameter is { Name: "name" or "site" } && Text(argument.Value) is not null
        select new NameUse(instance, Text(argument.Value)!, argument.Value.Syntax);

    /// <summary>Whether the member throws where there is no such site; those that ask whether there is one are for that.</summary>
    private static bool IsSearched(ISymbol member) => IsOfPyro(member) && (member.ContainingType.Name, member.Name) is
        ("Trace", "this[]" or "LogPdf") or ("Posterior" or "TracePosterior", "this[]" or "Marginal" or "Mean" or "StdDev" or "Quantile" or "Values");

    private static bool IsOfPyro(ISymbol member) => member.ContainingNamespace is { Name: "Poutines" or "Traces" or "Infer", ContainingNamespace.Name: "Pyro" };

    /// <summary>The constant keys of a dictionary, or the constant elements of a list, that is written out.</summary>
    private static IEnumerable<(string Name, SyntaxNode Syntax)> Constants(IOperation value)
    {
        IEnumerable<IOperation> names = value switch
        {
            IArrayCreationOperation { Initializer: { } elements } => elements.ElementValues,
            ICollectionExpressionOperation list => list.Elements,
            IObjectCreationOperation { Initializer: { } initializer } => initializer.Initializers.SelectMany(element => element switch
            {
                ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: { Length: 1 } index } } => [index[0].Value],
                IInvocationOperation { Arguments: { Length: > 0 } added } => [added[0].Value],
                _ => (IEnumerable<IOperation>)[],
            }),
            _ => [],
        };
        if (value is IConversionOperation { Operand: var operand })
            return Constants(operand);
        return names.Where(element => Text(element) is not null).Select(element => (Text(element)!, element.Syntax));
    }

    private static string? Text(IOperation value) => value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
}
