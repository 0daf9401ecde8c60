using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Rules;

namespace Pyro.CodeFixes;

/// <summary>PYRO011: makes the name a family over the loop's index, <c>"z"</c> to <c>$"z_{i}"</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AppendIndexFix)), Shared]
public sealed class AppendIndexFix : NameFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [NameRules.SameNameInLoop.Id];

    /// <inheritdoc/>
    public override string Title => "Append the index of the loop";

    /// <inheritdoc/>
    protected override string Property => NameRules.LoopIndex;

    /// <inheritdoc/>
    protected override ExpressionSyntax Rename(string name, string value)
    {
        var text = SymbolDisplay.FormatLiteral(name, quote: false).Replace("\"", "\\\"").Replace("{", "{{").Replace("}", "}}");
        return SyntaxFactory.ParseExpression($"$\"{text}_{{{value}}}\"");
    }
}
