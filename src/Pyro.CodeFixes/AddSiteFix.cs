using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Pyro.Analyzers.Rules;

namespace Pyro.CodeFixes;

/// <summary>PYRO020: adds the site to the guide, with parameters of its own and a distribution of the support that it has in the model.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddSiteFix)), Shared]
public sealed class AddSiteFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO020"];

    /// <inheritdoc/>
    public override string Title => "Add the site to the guide";

    /// <inheritdoc/>
    protected override bool CanFix(SyntaxNode root, Diagnostic diagnostic) =>
        diagnostic.Properties.ContainsKey(SiteMissingInGuide.Family) && Guide(root, diagnostic) is not null;

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var compilation = (await document.Project.GetCompilationAsync(cancellation).ConfigureAwait(false))!;
        var guides = diagnostics.ToLookup(diagnostic => Guide(root, diagnostic)!);
        return document.WithSyntaxRoot(
            root.ReplaceNodes(guides.Select(guide => guide.Key), (guide, _) => Extend(guide, guides[guide], compilation)));
    }

    private static MethodDeclarationSyntax? Guide(SyntaxNode root, Diagnostic diagnostic) =>
        root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } guide
        && (guide.Body is not null || guide.ExpressionBody is not null)
            ? guide
            : null;

    private static MethodDeclarationSyntax Extend(
        MethodDeclarationSyntax guide, IEnumerable<Diagnostic> diagnostics, Compilation compilation)
    {
        var names = new HashSet<string>(guide.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)).Select(token => token.ValueText));
        var sites = diagnostics.Select(diagnostic => SyntaxFactory
            .ParseStatement(MeanField.Site(
                diagnostic.Properties[SiteMissingInGuide.MissingName]!,
                compilation.GetTypeByMetadataName(diagnostic.Properties[SiteMissingInGuide.Family]!)!,
                names))
            .WithTrailingTrivia(LineEnd(guide))
            .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation));
        if (guide.Body is { } body)
        {
            var end = body.Statements.LastOrDefault() is ReturnStatementSyntax ? body.Statements.Count - 1 : body.Statements.Count;
            return guide.WithBody(body.WithStatements(body.Statements.InsertRange(end, sites)));
        }
        return WithBlock(guide, guide.ExpressionBody!.Expression, [.. sites]);
    }

    /// <summary>The line ends of the file.</summary>
    private static SyntaxTrivia LineEnd(MethodDeclarationSyntax guide) => guide.SyntaxTree.GetRoot().DescendantTrivia()
        .Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.LineFeed).First();

    /// <summary>An expression body becomes a block; where its value is the guide's result it stays the last.</summary>
    private static MethodDeclarationSyntax WithBlock(MethodDeclarationSyntax guide, ExpressionSyntax expression, StatementSyntax[] sites)
    {
        var isVoid = guide.ReturnType is PredefinedTypeSyntax type && type.Keyword.IsKind(SyntaxKind.VoidKeyword);
        StatementSyntax old = isVoid ? SyntaxFactory.ExpressionStatement(expression) : SyntaxFactory.ReturnStatement(expression);
        StatementSyntax[] statements = isVoid ? [old, .. sites] : [.. sites, old];
        return guide
            .WithExpressionBody(null)
            .WithSemicolonToken(default)
            .WithBody(SyntaxFactory.Block(statements).WithTrailingTrivia(guide.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation));
    }
}
