using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Testing;

/// <summary>Code as it is while somebody types, from whole files: cut off, with a piece gone, twice there or another one in its place. The same for the same seed.</summary>
/// <param name="files">The whole files.</param>
/// <param name="usings">What is put in front of each, and stays.</param>
/// <param name="seed">The seed.</param>
public sealed class BrokenCode(IReadOnlyList<string> files, string usings, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The next piece of broken code.</summary>
    public string Next() => Break(Piece(usings + files[_random.Next(files.Count)]));

    // A few neighbouring types of a file.
    private string Piece(string file)
    {
        var root = CSharpSyntaxTree.ParseText(file).GetCompilationUnitRoot();
        var types = root.DescendantNodes().OfType<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax).ToList();
        var kept = _random.Next(types.Count);
        return root.RemoveNodes(types.Where((_, index) => Math.Abs(index - kept) > 1), SyntaxRemoveOptions.KeepDirectives)!.ToFullString();
    }

    private string Break(string text)
    {
        var start = usings.Length + _random.Next(text.Length - usings.Length);
        var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.SpanStart >= usings.Length && token.Span.Length > 0).ToList();
        var (token, other) = (tokens[_random.Next(tokens.Count)], tokens[_random.Next(tokens.Count)]);
        return _random.Next(5) switch
        {
            0 => text[..start],
            1 => text.Remove(token.SpanStart, token.Span.Length),
            2 => text.Insert(token.SpanStart, token.Text + " "),
            3 => text.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, other.Text),
            _ => text.Remove(start, Math.Min(_random.Next(60), text.Length - start)),
        };
    }
}
