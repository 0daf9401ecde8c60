using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.CodeFixes;

/// <summary>A fix that writes another expression in place of a name.</summary>
public abstract class NameFix : DocumentFix
{
    /// <summary>The property of the diagnostic that the new name is made with.</summary>
    protected abstract string Property { get; }

    /// <summary>The new expression.</summary>
    /// <param name="name">The old one.</param>
    /// <param name="constant">Its value; null for a pattern.</param>
    /// <param name="value">The value of the property.</param>
    protected abstract ExpressionSyntax Rename(ExpressionSyntax name, string? constant, string value);

    /// <inheritdoc/>
    protected sealed override bool CanFix(SyntaxNode root, Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(Property);

    /// <inheritdoc/>
    protected sealed override async Task<Document> FixAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var semantics = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var values = diagnostics.ToDictionary(
            diagnostic => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), diagnostic => diagnostic.Properties[Property]!);
        return document.WithSyntaxRoot(root.ReplaceNodes(
            values.Keys, (old, _) => Rename((ExpressionSyntax)old, semantics.GetConstantValue(old, cancellation).Value as string, values[old]).WithTriviaFrom(old)));
    }
}
