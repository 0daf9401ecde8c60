using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Analyzers.Rules;

namespace Pyro.CodeFixes;

/// <summary>PYRO013: writes the name that was probably meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearNameFix)), Shared]
public sealed class NearNameFix : NameFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO013"];

    /// <inheritdoc/>
    public override string Title => "Use the near match";

    /// <inheritdoc/>
    protected override string Property => NoSuchName.NearName;

    /// <inheritdoc/>
    protected override ExpressionSyntax Rename(ExpressionSyntax name, string? constant, string value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(value));
}
