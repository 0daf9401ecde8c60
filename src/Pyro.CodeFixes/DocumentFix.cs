using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Pyro.CodeFixes;

/// <summary>
/// A fix that stays in one document. It is given all diagnostics of a document at once, so that fixing one and fixing all are the same code, and
/// edits that meet in one node are one edit.
/// </summary>
public abstract class DocumentFix : CodeFixProvider
{
    /// <summary>What the light bulb says.</summary>
    public abstract string Title { get; }

    /// <summary>The document without the diagnostics.</summary>
    protected abstract Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation);

    /// <summary>Whether the diagnostic is one that can be fixed without asking. Not asked of a file that does not parse.</summary>
    protected virtual bool CanFix(SyntaxNode root, Diagnostic diagnostic) => true;

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var root = (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        ImmutableArray<Diagnostic> fixable = [.. diagnostics.Where(diagnostic => Parses(root) && CanFix(root, diagnostic))];
        return fixable.IsEmpty ? document : await FixAsync(document, fixable, context.CancellationToken).ConfigureAwait(false);
    });

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        foreach (var diagnostic in context.Diagnostics.Where(diagnostic => Parses(root) && CanFix(root, diagnostic)))
            context.RegisterCodeFix(
                CodeAction.Create(Title, cancellation => FixAsync(context.Document, [diagnostic], cancellation), GetType().Name),
                diagnostic);
    }

    // Where the parser has guessed what belongs to what, an edit may make it guess worse.
    private static bool Parses(SyntaxNode root) =>
        !root.ContainsDiagnostics || root.GetDiagnostics().All(problem => problem.Severity != DiagnosticSeverity.Error);
}
