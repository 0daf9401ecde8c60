using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Compiler.Frontend;

/// <summary>
/// All of a compilation that can change what a method body in it means: the sources without the bodies in them, the references and the options. Two compilations
/// of equal declarations give the same meaning to the same body.
/// </summary>
internal sealed class Declarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, string> Texts = new();
    private static readonly ConditionalWeakTable<Compilation, Declarations> Known = new();

    // The last one is met again and again: equal declarations are one object, and comparing them is cheap.
    private static WeakReference<Declarations> last = new(null!);

    private readonly string[] texts;
    private readonly MetadataReference[] references;
    private readonly CompilationOptions options;

    private Declarations(Compilation compilation)
    {
        texts = [.. compilation.SyntaxTrees.Select(tree => Texts.GetValue(tree, TextOf))];
        references = [.. compilation.References];
        options = compilation.Options;
    }

    /// <summary>The declarations of a compilation; the same object for the same declarations, as long as few compilations take turns.</summary>
    public static Declarations Of(Compilation compilation) => Known.GetValue(compilation, static fresh =>
    {
        var declarations = new Declarations(fresh);
        if (last.TryGetTarget(out var before) && before.Same(declarations))
            return before;
        last = new WeakReference<Declarations>(declarations);
        return declarations;
    });

    private bool Same(Declarations other) => options.Equals(other.options)
        && references.SequenceEqual(other.references)
        && texts.SequenceEqual(other.texts, StringComparer.Ordinal);

    // The tokens: a comment changes nothing.
    private static string TextOf(SyntaxTree tree)
    {
        var text = new StringBuilder(tree.FilePath);
        foreach (var part in tree.GetRoot().DescendantNodesAndTokens(node => !IsBody(node)))
        {
            if (part.IsToken)
                text.Append(' ').Append(part.AsToken().Text);
            // Whether a method is an iterator is seen in its body only.
            else if (IsBody(part.AsNode()!))
                text.Append(part.AsNode()!.DescendantNodes().Any(node => node is YieldStatementSyntax) ? " { yield }" : " { }");
        }
        return text.ToString();
    }

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax && node.Parent is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax;
}
