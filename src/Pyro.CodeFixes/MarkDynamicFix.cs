using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.CodeFixes;

/// <summary>PYRO012: says in the method's attribute that its names are known only when it runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkDynamicFix)), Shared]
public sealed class MarkDynamicFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO012"];

    /// <inheritdoc/>
    public override string Title => "Mark Dynamic";

    /// <inheritdoc/>
    protected override bool CanFix(SyntaxNode root, Diagnostic diagnostic) => Attribute(root, diagnostic) is not null;

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var attributes = diagnostics.Select(diagnostic => Attribute(root, diagnostic)!).Distinct();
        return document.WithSyntaxRoot(root.ReplaceNodes(attributes, (_, attribute) => MarkDynamic(attribute)));
    }

    private static AttributeSyntax? Attribute(SyntaxNode root, Diagnostic diagnostic) => root.FindNode(diagnostic.Location.SourceSpan)
        .Ancestors().OfType<MethodDeclarationSyntax>().FirstOrDefault()?.AttributeLists.SelectMany(list => list.Attributes)
        .FirstOrDefault(attribute => attribute.Name.ToString().Split('.').Last() is "Model" or "ModelAttribute" or "Guide" or "GuideAttribute"
            && attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals?.Name.Identifier.ValueText == "Dynamic") != true);

    private static AttributeSyntax MarkDynamic(AttributeSyntax attribute)
    {
        var dynamic = SyntaxFactory.ParseAttributeArgumentList("(Dynamic = true)")!.Arguments[0];
        return attribute.ArgumentList is { Arguments.Count: > 0 } list
            ? attribute.WithArgumentList(list.AddArguments(dynamic.WithLeadingTrivia(SyntaxFactory.Space)))
            : attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(dynamic)));
    }
}
