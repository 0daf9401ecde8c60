using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Compiler.Reading;

/// <summary>A name as the compiler sees it: a constant, or a pattern over numbers, loop indices as a rule; null when it is known only at run time.</summary>
internal sealed class SiteName
{
    private SiteName(string pattern, IReadOnlyList<string> indices, IReadOnlyList<ISymbol?> places) =>
        (Pattern, Indices, Places) = (pattern, indices, places);

    /// <summary>The constant name, or a composite format over the indices.</summary>
    public string Pattern { get; }

    /// <summary>The indices as C#, in the order of the pattern's places; empty for a constant.</summary>
    public IReadOnlyList<string> Indices { get; }

    /// <summary>The variable that a place is, by itself; null where it is computed from variables.</summary>
    public IReadOnlyList<ISymbol?> Places { get; }

    /// <summary>Reads the name from its argument.</summary>
    /// <param name="expression">The argument.</param>
    /// <param name="semantics">What the expression means.</param>
    /// <param name="isNumber">Whether a place may be this variable.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static SiteName? Of(ExpressionSyntax expression, SemanticModel semantics, Func<ISymbol, bool> isNumber, CancellationToken cancellation)
    {
        if (semantics.GetConstantValue(expression, cancellation) is { HasValue: true, Value: string constant })
            return constant.Length == 0 ? null : new SiteName(constant, [], []);
        var (pattern, indices, places) = (new StringBuilder(), new List<string>(), new List<ISymbol?>());
        return Append(expression) && pattern.Length > 0 ? new SiteName(pattern.ToString(), indices, places) : null;

        // An interpolated string, a sum of strings and numbers, or one of these inside of another; false where a part is none of that.
        bool Append(ExpressionSyntax part)
        {
            switch (part)
            {
                case var _ when semantics.GetConstantValue(part, cancellation) is { HasValue: true, Value: string text }:
                    pattern.Append(Escaped(text));
                    return true;
                case ParenthesizedExpressionSyntax inner when IsString(inner):
                    return Append(inner.Expression);
                case InterpolatedStringExpressionSyntax interpolated:
                    return interpolated.Contents.All(content => AppendContent(interpolated, content));
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when IsString(sum):
                    return Append(sum.Left) && Append(sum.Right);
                case var _ when IsIndex(part, semantics, isNumber, cancellation):
                    pattern.Append('{').Append(indices.Count).Append('}');
                    indices.Add(part.ToString());
                    places.Add(part is IdentifierNameSyntax index ? semantics.GetSymbolInfo(index, cancellation).Symbol : null);
                    return true;
                default:
                    return false;
            }
        }

        bool AppendContent(InterpolatedStringExpressionSyntax interpolated, InterpolatedStringContentSyntax content)
        {
            if (content is not InterpolatedStringTextSyntax text)
                return content is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole && Append(hole.Expression);
            // Braces are written twice already, but in raw strings.
            pattern.Append(interpolated.StringStartToken.Text.Contains("\"\"\"") ? Escaped(text.TextToken.ValueText) : text.TextToken.ValueText);
            return true;
        }

        bool IsString(ExpressionSyntax part) => semantics.GetTypeInfo(part, cancellation).Type?.SpecialType == SpecialType.System_String;
    }

    private static string Escaped(string text) => text.Replace("{", "{{").Replace("}", "}}");

    private static bool IsIndex(ExpressionSyntax expression, SemanticModel semantics, Func<ISymbol, bool> isNumber, CancellationToken cancellation)
    {
        return semantics.GetTypeInfo(expression, cancellation).Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && IsComputed(expression);

        bool IsComputed(ExpressionSyntax part) => semantics.GetConstantValue(part, cancellation).HasValue || part switch
        {
            IdentifierNameSyntax name => semantics.GetSymbolInfo(name, cancellation).Symbol is { } symbol && isNumber(symbol),
            ParenthesizedExpressionSyntax inner => IsComputed(inner.Expression),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => IsComputed(minus.Operand),
            BinaryExpressionSyntax binary => IsComputed(binary.Left) && IsComputed(binary.Right),
            _ => false,
        };
    }
}
