using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Frontend;

/// <summary>What is replaced in a body's text so that its primitives act on the explicit context.</summary>
internal sealed class BodyEdits
{
    private readonly List<Edit> edits = [];

    public void Replace(SyntaxNode node, string replacement) => edits.Add(new Edit(node.SpanStart, node.Span.Length, replacement));

    public void Insert(int position, string text) => edits.Add(new Edit(position, 0, text));

    /// <summary>The edits in the order of the text, from where the body starts.</summary>
    public EquatableArray<Edit> From(int start) => edits.Distinct().OrderBy(edit => edit.Start).ThenBy(edit => edit.Length)
        .Select(edit => edit with { Start = edit.Start - start }).ToEquatableArray();
}
