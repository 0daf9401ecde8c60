using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pyro.Compiler.Frontend;

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
        if (expression is not InterpolatedStringExpressionSyntax interpolated)
            return null;

        var pattern = new StringBuilder();
        var indices = new List<string>();
        var places = new List<ISymbol?>();
        foreach (var content in interpolated.Contents)
        {
            if (content is InterpolatedStringTextSyntax text)
                // But in raw strings braces are written twice already.
                pattern.Append(interpolated.StringStartToken.Text.Contains("\"\"\"") ? text.TextToken.ValueText.Replace("{", "{{").Replace("}", "}}") : text.TextToken.ValueText);
            else if (content is InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole)
            {
                if (semantics.GetConstantValue(hole.Expression, cancellation) is { HasValue: true, Value: string part })
                    pattern.Append(part.Replace("{", "{{").Replace("}", "}}"));
                else if (IsIndex(hole.Expression, semantics, isNumber, cancellation))
                {
                    pattern.Append('{').Append(indices.Count).Append('}');
                    indices.Add(hole.Expression.ToString());
                    places.Add(hole.Expression is IdentifierNameSyntax index ? semantics.GetSymbolInfo(index, cancellation).Symbol : null);
                }
                else
                    return null;
            }
            else
                return null;
        }
        return new SiteName(pattern.ToString(), indices, places);
    }

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
