using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// The statements of a body that a debugger would look for in the wrong columns: those whose own text is changed, and those that come after a change on their line.
/// </summary>
internal sealed class LineMarks
{
    private readonly SyntaxNode body;
    private readonly Func<TextSpan, Span?> placeOf;
    private readonly TextLineCollection lines;
    private readonly TextSpan[] edits;
    private readonly int[] starts;

    private LineMarks(SyntaxNode body, IEnumerable<Edit> edits, Func<TextSpan, Span?> placeOf)
    {
        this.body = body;
        this.placeOf = placeOf;
        lines = body.SyntaxTree.GetText().Lines;
        this.edits = [.. edits.Select(edit => new TextSpan(body.SpanStart + edit.Start, edit.Length))];
        starts = [.. this.edits.Select(edit => edit.Start)];
    }

    /// <summary>The marks, in the order of the text.</summary>
    /// <param name="body">A block, or the expression after an arrow.</param>
    /// <param name="edits">What is replaced in it, in the order of the text.</param>
    /// <param name="placeOf">Where a text stands for debuggers.</param>
    public static IEnumerable<LineMark> Of(SyntaxNode body, IEnumerable<Edit> edits, Func<TextSpan, Span?> placeOf) =>
        new LineMarks(body, edits, placeOf).Find().OrderBy(mark => mark.Start);

    private IEnumerable<LineMark> Find()
    {
        if (body is ExpressionSyntax && Mark(body.Span, isWhole: edits.Length > 0) is { } first)
            yield return first;
        // A line cannot end in the middle of a text.
        foreach (var node in body.DescendantNodesAndSelf(node => node is not InterpolatedStringExpressionSyntax))
        {
            if (node is BlockSyntax { OpenBraceToken.Span: var opened } && IsShifted(opened.Start) && Mark(opened, isWhole: true) is { } brace)
                yield return brace;
            var mark = node switch
            {
                BlockSyntax { CloseBraceToken.Span: var closed } => IsShifted(closed.Start) ? Mark(closed, isWhole: true) : null,
                LocalFunctionStatementSyntax or LabeledStatementSyntax or TryStatementSyntax or CheckedStatementSyntax or UnsafeStatementSyntax => null,
                // They have several places to stop at, most of them in front of what is changed.
                ForEachStatementSyntax or ForStatementSyntax or ForEachVariableStatementSyntax or DoStatementSyntax =>
                    IsShifted(node.SpanStart) || Array.BinarySearch(starts, node.SpanStart) >= 0 ? Mark(Head(node), isWhole: false) : null,
                StatementSyntax => IsShifted(node.SpanStart) || IsChanged(Head(node), node) ? Mark(Head(node), isWhole: true) : null,
                _ => null,
            };
            if (mark is not null)
                yield return mark;
        }
    }

    private LineMark? Mark(TextSpan text, bool isWhole) =>
        placeOf(text) is { } place ? new LineMark(text.Start - body.SpanStart, place, isWhole) : null;

    // What a debugger shows when it stops at a statement.
    private static TextSpan Head(SyntaxNode statement) => TextSpan.FromBounds(statement.SpanStart, statement switch
    {
        IfStatementSyntax choice => choice.CloseParenToken.Span.End,
        WhileStatementSyntax loop => loop.CloseParenToken.Span.End,
        ForStatementSyntax loop => loop.CloseParenToken.Span.End,
        CommonForEachStatementSyntax loop => loop.CloseParenToken.Span.End,
        DoStatementSyntax loop => loop.DoKeyword.Span.End,
        UsingStatementSyntax scope => scope.CloseParenToken.Span.End,
        LockStatementSyntax scope => scope.CloseParenToken.Span.End,
        FixedStatementSyntax scope => scope.CloseParenToken.Span.End,
        SwitchStatementSyntax { CloseParenToken.RawKind: not 0 } choice => choice.CloseParenToken.Span.End,
        SwitchStatementSyntax choice => choice.Expression.Span.End,
        _ => statement.Span.End,
    });

    // Blocks inside have statements of their own.
    private bool IsChanged(TextSpan head, SyntaxNode statement)
    {
        var next = FirstFrom(head.Start);
        if (next == edits.Length || edits[next].Start >= head.End)
            return false;
        var blocks = statement.DescendantNodes(node => node is not BlockSyntax).OfType<BlockSyntax>().Select(block => block.Span).ToList();
        for (; next < edits.Length && edits[next].Start < head.End; next++)
            if (!blocks.Any(block => block.Contains(edits[next].Start)))
                return true;
        return false;
    }

    private bool IsShifted(int start) =>
        FirstFrom(start) is > 0 and var next && lines.GetLineFromPosition(edits[next - 1].End).End >= start;

    private int FirstFrom(int position)
    {
        var found = Array.BinarySearch(starts, position);
        if (found < 0)
            return ~found;
        while (found > 0 && starts[found - 1] == position)
            found--;
        return found;
    }
}
