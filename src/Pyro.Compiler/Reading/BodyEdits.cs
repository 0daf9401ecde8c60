using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>What is replaced in a body's text so that its primitives act on the explicit context.</summary>
/// <param name="method">The method whose body it is.</param>
internal sealed class BodyEdits(SyntaxNode method)
{
    /// <summary>The name of <see cref="RuntimeNames.CheckedTorch"/> in its namespace.</summary>
    public static readonly string FunctionClass = RuntimeNames.CheckedTorch.Substring(RuntimeNames.Checks.Length + 1);

    private readonly List<Edit> edits = [];
    private readonly HashSet<string> taken = [.. method.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
    private string? context;

    /// <summary>The parameter that the context comes in.</summary>
    public string Context => context ??= Free("__context");

    public void Replace(SyntaxNode node, string replacement) => edits.Add(new Edit(node.SpanStart, node.Span.Length, replacement));

    public void Replace(int start, int end, string replacement) => edits.Add(new Edit(start, end - start, replacement));

    /// <summary>A name for a variable that nothing in the method has.</summary>
    public string Free(string wish)
    {
        var name = wish;
        for (var number = 2; !taken.Add(name); number++)
            name = wish + "_" + number;
        return name;
    }

    /// <summary>Whether something in the method has a name.</summary>
    public bool IsTaken(string name) => taken.Contains(name);

    /// <summary>Whether something in a part of the body is replaced.</summary>
    public bool Changes(SyntaxNode part) => edits.Any(edit => part.Span.Contains(edit.Start));

    public void Insert(int position, string text) => edits.Add(new Edit(position, 0, text));

    /// <summary>Whether the body speaks of <see cref="RuntimeNames.Checks"/>.</summary>
    public bool HasChecks { get; private set; }

    /// <summary>Puts the name of an extension method of <see cref="RuntimeNames.Checks"/> in the place of another name.</summary>
    public void ReplaceByExtension(SyntaxNode name, string extension)
    {
        HasChecks = true;
        Replace(name, extension);
    }

    /// <summary>Puts a function of <see cref="RuntimeNames.CheckedTorch"/> in the place of another.</summary>
    public void ReplaceByFunction(SyntaxNode called, string function, bool isAlone)
    {
        HasChecks |= isAlone;
        Replace(called, isAlone ? $"{FunctionClass}.{function}" : $"global::{RuntimeNames.CheckedTorch}.{function}");
    }

    /// <summary>Calls an extension method of <see cref="RuntimeNames.Checks"/> on what ends here.</summary>
    public void InsertExtension(int position, string call)
    {
        HasChecks = true;
        Insert(position, call);
    }

    /// <summary>Lets static functions in a body reach the context, where they use it.</summary>
    public void Loosen(SyntaxNode body)
    {
        foreach (var function in body.DescendantNodes())
        {
            var modifiers = function switch
            {
                LocalFunctionStatementSyntax local => local.Modifiers,
                AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
                _ => default,
            };
            if (modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.StaticKeyword)) is { RawKind: not 0 } keyword
                && edits.Any(edit => function.Span.Contains(edit.Start) && context is not null && edit.Replacement.Contains(context)))
                Replace(keyword.SpanStart, keyword.Span.End, "");
        }
    }

    /// <summary>The edits in the order of the text, from where the body starts.</summary>
    public EquatableArray<Edit> From(int start) => edits.Distinct().OrderBy(edit => edit.Start).ThenBy(edit => edit.Length)
        .Select(edit => edit with { Start = edit.Start - start }).ToEquatableArray();
}
