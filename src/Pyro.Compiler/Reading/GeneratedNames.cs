using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// How generated code names the types that it speaks of. It has the usings of the user's file, so that the body means there what it means here; a name is short
/// where these, and that of the runtime's programs, make it one type's.
/// </summary>
internal static class GeneratedNames
{
    private static readonly SymbolDisplayFormat WithoutArguments =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGenericsOptions(SymbolDisplayGenericsOptions.None)
            .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    // The first of several names.
    private static readonly Regex Roots = new(@"(?<![\w.:])\w+(?=\.)");

    /// <summary>The types whose written name is another than their last one.</summary>
    /// <param name="declaration">The method.</param>
    /// <param name="semantics">What its file means.</param>
    /// <param name="importsPrograms">Whether the file may have, or has, a using of <see cref="RuntimeNames.Programs"/>.</param>
    public static IEnumerable<TypeName> Of(SyntaxNode declaration, SemanticModel semantics, out bool importsPrograms)
    {
        var position = declaration.SpanStart;
        var imports = !Disturbs(declaration, semantics);
        importsPrograms = imports;
        var names = new List<TypeName>();
        var roots = new Dictionary<string, bool>();
        foreach (var metadataName in RuntimeNames.Written)
        {
            if (semantics.Compilation.GetTypeByMetadataName(metadataName) is not { } type)
                continue;
            var found = semantics.LookupSymbols(position, name: type.Name).Where(symbol => Arity(symbol) == type.Arity).ToList();
            var isShort = found.Count > 0
                ? found.All(symbol => SymbolEqualityComparer.Default.Equals(symbol, type))
                : imports && type.ContainingNamespace.FullName() == RuntimeNames.Programs;
            if (!isShort)
                names.Add(new TypeName(metadataName, Longer(type, position, semantics, roots)));
        }
        return names;
    }

    /// <summary>A type as generated code writes it: as short as the user could, in full where a name at the beginning is another's there.</summary>
    /// <param name="type">The type.</param>
    /// <param name="semantics">What the user's file means.</param>
    /// <param name="position">The place of the method in it.</param>
    /// <param name="format">What is written of the type.</param>
    public static string Of(ITypeSymbol type, SemanticModel semantics, int position, SymbolDisplayFormat format)
    {
        var minimal = type.ToMinimalDisplayString(semantics, position, format);
        return Roots.Matches(minimal).Cast<Match>().All(root => IsItself(root.Value, semantics, position))
            ? minimal
            : type.ToDisplayString(InFull(format));
    }

    private static SymbolDisplayFormat InFull(SymbolDisplayFormat format) => format.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Included);

    // Not by its last name, which is known to be another's. Roslyn finds the shortest name by binding one after another, which costs much. The full name
    // of a type in a namespace is right where its first part is, and that is asked once.
    private static string Longer(INamedTypeSymbol type, int position, SemanticModel semantics, Dictionary<string, bool> roots)
    {
        if (type.ContainingType is not null)
            return Of(type, semantics, position, WithoutArguments) is var name && name == type.Name ? type.ToDisplayString(InFull(WithoutArguments)) : name;
        var full = type.ToDisplayString(WithoutArguments);
        var root = full.Substring(0, Math.Max(full.IndexOf('.'), 0));
        if (!roots.TryGetValue(root, out var isItself))
            roots.Add(root, isItself = root.Length > 0 && IsItself(root, semantics, position));
        return isItself ? full : type.ToDisplayString(InFull(WithoutArguments));
    }

    // Roslyn does not see that a namespace further in has the name of an outermost one, nor that a member has it.
    private static bool IsItself(string root, SemanticModel semantics, int position)
    {
        var isOutermost = semantics.Compilation.GlobalNamespace.GetNamespaceMembers().Any(space => space.Name == root);
        return semantics.LookupSymbols(position, name: root)
            .All(found => found is ITypeSymbol || (found is INamespaceSymbol space && (!isOutermost || space.ContainingNamespace.IsGlobalNamespace)));
    }

    // Whether a using of the runtime's programs would give a name of the method a second meaning.
    private static bool Disturbs(SyntaxNode declaration, SemanticModel semantics)
    {
        if (semantics.Compilation.GetTypeByMetadataName(RuntimeNames.Site)?.ContainingNamespace is not { } programs)
            return false;
        return declaration.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText).Distinct()
            .Any(name => programs.GetTypeMembers(name) is { Length: > 0 } types
                && semantics.LookupNamespacesAndTypes(declaration.SpanStart, name: name)
                    .Any(found => !types.Any(type => SymbolEqualityComparer.Default.Equals(type, found))));
    }

    private static int Arity(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.Arity,
        IMethodSymbol method => method.Arity,
        _ => 0,
    };
}
