using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Pyro.Analyzers.Rules;
using Pyro.Compiler.Catalog;

namespace Pyro.CodeFixes;

/// <summary>PYRO031: gives the parameter the constraint that its use asks for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddConstraintFix)), Shared]
public sealed class AddConstraintFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO031"];

    /// <inheritdoc/>
    public override string Title => "Add the constraint";

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var constraints = diagnostics.ToDictionary(
            diagnostic => (InvocationExpressionSyntax)root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true),
            diagnostic => diagnostic.Properties[UnconstrainedParam.ConstraintName]!);
        return document.WithSyntaxRoot(root.ReplaceNodes(constraints.Keys, (old, inner) => Constrain(inner, constraints[old])));
    }

    private static InvocationExpressionSyntax Constrain(InvocationExpressionSyntax param, string name) => OptionalArgument.Set(
        param,
        "constraint",
        SyntaxFactory.ParseExpression($"global::{RuntimeNames.Distributions}.{RuntimeNames.Constraints}.{name}")
            .WithAdditionalAnnotations(Simplifier.Annotation));
}
