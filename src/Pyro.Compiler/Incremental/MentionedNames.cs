using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.Compiler.Incremental;

/// <summary>The names that a text mentions: all that it can mean is found by them.</summary>
internal static class MentionedNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, HashSet<string>> Known = new();

    /// <summary>The names in a file, those in bodies among them.</summary>
    public static IReadOnlyCollection<string> Of(SyntaxTree file) => Known.GetValue(file, static file =>
        new(file.GetRoot().DescendantTokens().Select(Of).OfType<string>(), StringComparer.OrdinalIgnoreCase));

    /// <summary>The name that a token is; null where it is none. Attributes name members in strings.</summary>
    public static string? Of(SyntaxToken token) => token.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.StringLiteralToken ? token.ValueText : null;
}
