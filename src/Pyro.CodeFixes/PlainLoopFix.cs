using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.CodeFixes;

/// <summary>PYRO050: a loop over <c>IRange("t", n)</c> whose iterations are not independent becomes <c>for (var t = 0; t &lt; n; t++)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PlainLoopFix)), Shared]
public sealed class PlainLoopFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["PYRO050"];

    /// <inheritdoc/>
    public override string Title => "Use a plain loop";

    /// <inheritdoc/>
    protected override bool CanFix(SyntaxNode root, Diagnostic diagnostic) => Loop(root, diagnostic) is not null;

    /// <inheritdoc/>
    protected override async Task<Document> FixAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        var loops = diagnostics.Select(diagnostic => Loop(root, diagnostic)!).Distinct();
        return document.WithSyntaxRoot(root.ReplaceNodes(loops, (_, loop) => Plain(loop)));
    }

    // The loop around the site whose whole plate is a name and a size: a subsample has no counterpart in a plain loop.
    private static ForEachStatementSyntax? Loop(SyntaxNode root, Diagnostic diagnostic) => root.FindNode(diagnostic.Location.SourceSpan)
        .Ancestors().OfType<ForEachStatementSyntax>().FirstOrDefault(loop => loop.Expression is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2 } plate
            && (plate.Expression is MemberAccessExpressionSyntax member ? member.Name : plate.Expression) is IdentifierNameSyntax { Identifier.ValueText: "IRange" }
            && Size(plate) is not null);

    private static ExpressionSyntax? Size(InvocationExpressionSyntax plate) => plate.ArgumentList.Arguments is var arguments && arguments.All(argument => argument.NameColon is null)
        ? arguments[1].Expression
        : arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == "size")?.Expression;

    private static ForStatementSyntax Plain(ForEachStatementSyntax loop)
    {
        var index = loop.Identifier.Text;
        var size = Size((InvocationExpressionSyntax)loop.Expression)!.WithoutTrivia();
        var end = BindsLooser(size) ? $"({size})" : size.ToString();
        var head = (ForStatementSyntax)SyntaxFactory.ParseStatement($"for (var {index} = 0; {index} < {end}; {index}++) ;");
        return head.WithForKeyword(head.ForKeyword.WithLeadingTrivia(loop.GetLeadingTrivia()))
            .WithCloseParenToken(loop.CloseParenToken).WithStatement(loop.Statement);
    }

    // Than a comparison.
    private static bool BindsLooser(ExpressionSyntax size) => size is ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax or AnonymousFunctionExpressionSyntax
        || (size is BinaryExpressionSyntax && size.Kind() is not (SyntaxKind.AddExpression or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression
            or SyntaxKind.ModuloExpression or SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression));
}
