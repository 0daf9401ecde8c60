using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Analyzers.Rules;

namespace Pyro.CodeFixes;

/// <summary>PYRO010: gives the second site the first name that is free.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameSiteFix)), Shared]
public sealed class RenameSiteFix : NameFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO010"];

    /// <inheritdoc/>
    public override string Title => "Rename";

    /// <inheritdoc/>
    protected override string Property => DuplicateName.NewName;

    /// <inheritdoc/>
    protected override ExpressionSyntax Rename(ExpressionSyntax name, string? constant, string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
