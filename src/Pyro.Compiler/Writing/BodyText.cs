using System.Globalization;
using System.Text;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Writing;

/// <summary>
/// The text of a body with what is replaced in it, and with the #line directives by which debuggers find each statement where the user wrote it. Lines without a
/// change need none: they follow each other as the user's do.
/// </summary>
internal sealed class BodyText
{
    // Stands for the length of the next line. A directive's number is a place on that; the text from a place further left is the whole span.
    private const char Length = '\u0001';
    private const int LongestLength = 65535;

    private readonly BodyIr body;
    private readonly string indent;
    private readonly StringBuilder text = new();
    private int position;

    private BodyText(BodyIr body, string indent)
    {
        this.body = body;
        this.indent = indent;
    }

    /// <summary>The body; of an expression, what follows the arrow.</summary>
    /// <param name="body">The body.</param>
    /// <param name="indent">What the lines of its method begin with.</param>
    public static string Of(BodyIr body, string indent) => new BodyText(body, indent).Write();

    private string Write()
    {
        if (body.At is null || (!body.IsExpression && body.Indent is not null))
            text.Append(SourceLines.Directive(body.At)).Append('\n').Append(body.Indent ?? indent);
        else if (!body.IsExpression)
            Append(body.At, indent, isWhole: false);
        // What is put in front of a statement comes before its mark.
        var changes = body.Edits.Select(edit => (edit.Start, Order: edit.Length == 0 ? 0 : 2, Edit: (Edit?)edit, Mark: (LineMark?)null))
            .Concat(body.Marks.Select(mark => (mark.Start, Order: 1, Edit: (Edit?)null, Mark: (LineMark?)mark)))
            .OrderBy(change => change.Start).ThenBy(change => change.Order);
        foreach (var (start, _, edit, mark) in changes)
        {
            text.Append(body.Text, position, start - position);
            position = start + (edit?.Length ?? 0);
            text.Append(edit?.Replacement);
            if (mark is not null)
                Place(mark);
        }
        text.Append(body.Text, position, body.Text.Length - position);
        return WithLengths(body.IsExpression ? text.Append(';').ToString() : text.ToString());
    }

    // On a line of its own, with a directive before it.
    private void Place(LineMark mark)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] is ' ' or '\t')
            end--;
        var isFirst = end > 0 && text[end - 1] == '\n';
        var before = isFirst ? text.ToString(end, text.Length - end) : indent + "    ";
        text.Length = end;
        if (!isFirst && end > 0)
            text.Append('\n');
        Append(mark.Span, before, mark.IsWhole);
    }

    private void Append(Span at, string before, bool isWhole)
    {
        var column = isWhole ? Length.ToString() : before.Length > 0 ? before.Length.ToString(CultureInfo.InvariantCulture) : "";
        text.Append(SourceLines.Directive(at, column)).Append('\n').Append(before);
    }

    private static string WithLengths(string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length - 1; i++)
            if (lines[i].StartsWith("#line (", StringComparison.Ordinal))
                lines[i] = lines[i].Replace(Length.ToString(), Math.Min(lines[i + 1].Length, LongestLength).ToString(CultureInfo.InvariantCulture));
        return string.Join("\n", lines);
    }
}
