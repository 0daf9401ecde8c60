using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>
/// Where the user's text stands for debuggers: by the user's own #line directives, and with the path that a deterministic build gives the file in place of its own.
/// </summary>
internal static class SourceLines
{
    /// <summary>The place of a text; null where the user hides it.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="compilation">What the file is part of.</param>
    public static Span? Of(SyntaxTree tree, TextSpan text, Compilation compilation)
    {
        if (tree.GetLineVisibility(text.Start) == LineVisibility.Hidden)
            return null;
        var lines = tree.GetMappedLineSpan(text);
        var path = lines.HasMappedPath ? PathOf(lines.Path, tree.FilePath, compilation) : PathOf(lines.Path, null, compilation);
        return SpanOf(path, lines.Span);
    }

    /// <summary>A directive that the next lines are nowhere.</summary>
    public const string Hidden = "#line hidden";

    /// <summary>A directive that the next line is the first of a place.</summary>
    /// <param name="place">The place; null where the user hides it.</param>
    public static string Directive(Span? place) => place is null ? Hidden : $"#line {place.Line} {Literal(place.File)}";

    /// <summary>A directive that the next line is the first of a place, which begins at a column of that line. Text from further left is the whole place.</summary>
    /// <param name="place">The place; null where the user hides it.</param>
    /// <param name="column">How much stands before it on the line, as text.</param>
    public static string Directive(Span? place, string column) => place is null ? Hidden
        : $"#line ({place.Line},{place.Column})-({place.EndLine},{place.EndColumn - 1}) {column}{(column.Length > 0 ? " " : "")}{Literal(place.File)}";

    /// <summary>Keeps what the user's #line directives in a body say: they speak of files beside their own, which generated code does not lie beside.</summary>
    /// <param name="body">The body.</param>
    /// <param name="compilation">What it is part of.</param>
    /// <param name="edits">What is replaced in the body.</param>
    public static void KeepDirectives(SyntaxNode body, Compilation compilation, BodyEdits edits)
    {
        if (!body.ContainsDirectives)
            return;
        var tree = body.SyntaxTree;
        foreach (var directive in body.DescendantTrivia().Where(trivia => body.Span.Contains(trivia.Span)).Select(trivia => trivia.GetStructure()))
            switch (directive)
            {
                case LineDirectiveTriviaSyntax { IsActive: true, Line: var line } when line.IsKind(SyntaxKind.DefaultKeyword):
                    var next = tree.GetText().Lines.GetLineFromPosition(line.SpanStart).LineNumber + 1;
                    edits.Replace(line.SpanStart, line.Span.End, $"{next + 1} {Literal(PathOf(tree.FilePath, null, compilation))}");
                    break;
                case LineOrSpanDirectiveTriviaSyntax { IsActive: true, File: { RawKind: (int)SyntaxKind.StringLiteralToken } file }:
                    edits.Replace(file.SpanStart, file.Span.End, Literal(PathOf(file.ValueText, tree.FilePath, compilation)));
                    break;
            }
    }

    private static Span SpanOf(string path, LinePositionSpan lines) =>
        new(path, lines.Start.Line + 1, lines.Start.Character + 1, lines.End.Line + 1, lines.End.Character + 1);

    private static string PathOf(string path, string? beside, Compilation compilation) =>
        compilation.Options.SourceReferenceResolver?.NormalizePath(path, beside) ?? path;

    private static string Literal(string path) => SymbolDisplay.FormatLiteral(path, quote: true);
}
