using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.CodeFixes;

/// <summary>PYRO021: removes the statement that samples the site, where nothing uses its value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveSiteFix)), Shared]
public sealed class RemoveSiteFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO021"];

    /// <inheritdoc/>
    public override string Title => "Remove the site";

    /// <inheritdoc/>
    protected override bool CanFix(SyntaxNode root, Diagnostic diagnostic) => Statement(root, diagnostic) is not null;

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        return document.WithSyntaxRoot(root.RemoveNodes(
            diagnostics.Select(diagnostic => Statement(root, diagnostic)!), SyntaxRemoveOptions.KeepUnbalancedDirectives)!);
    }

    private static ExpressionStatementSyntax? Statement(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<InvocationExpressionSyntax>()?.Parent as ExpressionStatementSyntax
            is { Parent: BlockSyntax } statement
                ? statement
                : null;
}
