using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Pyro.Testing.Diagnostics;

/// <summary>A test's source with the expected diagnostics marked in it: <c>{|PYRO010:"x"|}</c>. Marks may nest.</summary>
/// <param name="Source">The source without the marks.</param>
/// <param name="Expected">Id and span of each mark, the spans in <paramref name="Source"/>.</param>
public sealed record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    /// <summary>Separates the marks from the source.</summary>
    public static Markup Parse(string text)
    {
        var source = new StringBuilder(text.Length);
        var open = new Stack<(string Id, int Start)>();
        var expected = new List<(string, TextSpan)>();
        for (var i = 0; i < text.Length; i++)
        {
            if (IsAt(text, i, "{|") && text.IndexOf(':', i) is > 0 and var colon && IsId(text.AsSpan(i + 2, colon - i - 2)))
            {
                open.Push((text[(i + 2)..colon], source.Length));
                i = colon;
            }
            else if (open.Count > 0 && IsAt(text, i, "|}"))
            {
                var (id, start) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(text[i]);
            }
        }
        return open.Count == 0
            ? new Markup(source.ToString(), expected)
            : throw new FormatException($"The mark of {open.Peek().Id} is never closed.");
    }

    private static bool IsAt(string text, int index, string token) => string.CompareOrdinal(text, index, token, 0, token.Length) == 0;

    private static bool IsId(ReadOnlySpan<char> text) => text.Length > 0 && !text.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
}
