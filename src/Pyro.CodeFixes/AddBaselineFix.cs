using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Pyro.CodeFixes;

/// <summary>PYRO040: gives the site options with a decaying average of the costs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddBaselineFix)), Shared]
public sealed class AddBaselineFix : DocumentFix
{
    private const string Options = "new global::Pyro.SiteOptions { Baseline = new global::Pyro.Baseline { UseDecayingAverage = true } }";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO040"];

    /// <inheritdoc/>
    public override string Title => "Add a decaying-average baseline";

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var calls = diagnostics.Select(diagnostic => root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<InvocationExpressionSyntax>()!);
        return document.WithSyntaxRoot(root.ReplaceNodes(calls, (_, call) => Add(call)));
    }

    private static InvocationExpressionSyntax Add(InvocationExpressionSyntax call)
    {
        var options = SyntaxFactory.ParseExpression(Options);
        options = options.ReplaceNodes(options.DescendantNodes().OfType<QualifiedNameSyntax>(), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
        return OptionalArgument.Set(call, "options", options);
    }
}
