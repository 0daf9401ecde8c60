using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Pyro.Analyzers.Rules;

namespace Pyro.CodeFixes;

/// <summary>PYRO071: marks the method as a model, on a line of its own; its type then has to be partial, which PYRO001 says and fixes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkModelFix)), Shared]
public sealed class MarkModelFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO071"];

    /// <inheritdoc/>
    public override string Title => "Mark the method";

    /// <inheritdoc/>
    protected override bool CanFix(SyntaxNode root, Diagnostic diagnostic) => diagnostic.Properties.ContainsKey(OutsideModel.CanBeModel)
        && Method(root, diagnostic) is not null;

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var methods = diagnostics.Select(diagnostic => Method(root, diagnostic)!).Distinct();
        var lineEnd = root.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.LineFeed).First();
        return document.WithSyntaxRoot(root.ReplaceNodes(methods, (_, method) => Mark(method, lineEnd)));
    }

    /// <summary>The method; null for the statements of a file, which are one without a declaration.</summary>
    private static MethodDeclarationSyntax? Method(SyntaxNode root, Diagnostic diagnostic) => root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>();

    private static MethodDeclarationSyntax Mark(MethodDeclarationSyntax method, SyntaxTrivia lineEnd)
    {
        var comments = method.GetLeadingTrivia();
        var model = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Pyro.Model").WithAdditionalAnnotations(Simplifier.Annotation));
        // The line starts as that of the method does.
        var indent = comments.LastOrDefault() is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(model))
            .WithLeadingTrivia(comments).WithTrailingTrivia(lineEnd);
        method = method.WithLeadingTrivia(indent);
        return method.WithAttributeLists(method.AttributeLists.Insert(0, list));
    }
}
