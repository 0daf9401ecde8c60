using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Analyzers.Rules;

namespace Pyro.CodeFixes;

/// <summary>PYRO011: makes the name a family over the loop's index, <c>"z"</c> to <c>$"z_{i}"</c>, and one of an inner loop's index a family over both.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AppendIndexFix)), Shared]
public sealed class AppendIndexFix : NameFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO011"];

    /// <inheritdoc/>
    public override string Title => "Append the index of the loop";

    /// <inheritdoc/>
    protected override string Property => SameNameInLoop.LoopIndex;

    /// <inheritdoc/>
    protected override ExpressionSyntax Rename(ExpressionSyntax name, string? constant, string value)
    {
        var holes = string.Concat(value.Split(',').Select(index => $"_{{{index}}}"));
        if (constant is null && name is InterpolatedStringExpressionSyntax pattern)
            return SyntaxFactory.ParseExpression(pattern.ToString().Insert(pattern.StringEndToken.SpanStart - pattern.SpanStart, holes));
        var text = SymbolDisplay.FormatLiteral(constant!, quote: false).Replace("\"", "\\\"").Replace("{", "{{").Replace("}", "}}");
        return SyntaxFactory.ParseExpression($"$\"{text}{holes}\"");
    }
}
