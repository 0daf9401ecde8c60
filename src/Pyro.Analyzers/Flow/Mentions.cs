using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Analyzers.Flow;

/// <summary>
/// Which methods of a compilation may have sites, by the names in their text: a method has none that neither mentions a primitive nor
/// calls, by name, one of the compilation that does or one of a library for models.
/// Nothing is bound, so this holds for methods of other types, whose bodies an analyzer does not see.
/// </summary>
internal sealed class Mentions(Compilation compilation, LibraryNames libraries)
{
    private static readonly HashSet<string> _primitives =
        ["Sample", "Observe", "Factor", "Deterministic", "Param", "IArange", "IRange", "MapData", "RandomModule", "Run", "Invoke", "DynamicInvoke", "RunContext"];

    private readonly ConcurrentDictionary<string, bool> _byName = new();
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _byMethod = new(SymbolEqualityComparer.Default);

    public IAssemblySymbol Assembly => compilation.Assembly;

    /// <summary>Whether a method of the compilation may have sites, in it or in what it calls.</summary>
    public bool MayHaveSites(IMethodSymbol method) =>
        _byMethod.GetOrAdd(method.OriginalDefinition.PartialImplementationPart ?? method.OriginalDefinition, definition => MayHaveSites(definition, []));

    private bool MayHaveSites(IMethodSymbol method, HashSet<string> open)
    {
        // What stands behind these is not known.
        if (method.IsAbstract || method.IsVirtual || method.ContainingType.TypeKind == TypeKind.Interface || method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate)
            || method.ContainingType.GetMembers().Any(member => member is IFieldSymbol { Type.TypeKind: TypeKind.Delegate } or IPropertySymbol { Type.TypeKind: TypeKind.Delegate }))
            return true;
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var nodes = reference.GetSyntax().DescendantNodes().ToList();
            var variables = Variables(nodes);
            foreach (var node in nodes)
                if (node switch
                    {
                        // A value that is called is a delegate.
                        InvocationExpressionSyntax { Expression: ElementAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax } => true,
                        SimpleNameSyntax { Identifier.ValueText: var text } name => _primitives.Contains(text)
                            || (IsCalled(name) && (variables.Contains(text) || libraries.Contains(text) || MayHaveSites(text, open))),
                        _ => false,
                    })
                    return true;
        }
        return false;
    }

    private static HashSet<string> Variables(IEnumerable<SyntaxNode> nodes) => [.. nodes.Select(node => node switch
    {
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        ForEachStatementSyntax loop => loop.Identifier.ValueText,
        _ => null,
    }).OfType<string>()];

    private bool MayHaveSites(string name, HashSet<string> open)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;
        // A name that is being looked at adds nothing to itself; what was found under that assumption is kept for the first of them only.
        if (!open.Add(name))
            return false;
        var may = compilation.GetSymbolsWithName(name, SymbolFilter.Member).OfType<IMethodSymbol>().Any(method => MayHaveSites(method, open));
        open.Remove(name);
        if (may || open.Count == 0)
            _byName[name] = may;
        return may;
    }

    private static bool IsCalled(SimpleNameSyntax name) => name.Parent switch
    {
        InvocationExpressionSyntax => true,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } member => member.Name == name && call.Expression == member,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax } => true,
        _ => false,
    };
}
