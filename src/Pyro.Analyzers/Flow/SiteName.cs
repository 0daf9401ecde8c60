using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>What is known of a name while typing: a constant, a pattern over variables such as <c>$"z_{t}"</c>, or nothing.</summary>
internal sealed class SiteName
{
    private const string Hole = "{}";

    private SiteName(string? constant, string? pattern, ImmutableArray<ISymbol> variables)
    {
        Constant = constant;
        Pattern = pattern;
        Variables = variables;
    }

    /// <summary>The name, where it is a constant.</summary>
    public string? Constant { get; }

    /// <summary>The name with <c>{}</c> in place of each variable, where it is a pattern.</summary>
    public string? Pattern { get; }

    /// <summary>The variables of the pattern, in the order of its holes.</summary>
    public ImmutableArray<ISymbol> Variables { get; }

    /// <summary>Constant or pattern: what a site of one program and its counterpart in another have in common. Null where nothing is known.</summary>
    public string? Key => Constant ?? Pattern;

    /// <summary>Reads the argument of a primitive.</summary>
    public static SiteName Of(IOperation argument)
    {
        var value = argument is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument;
        if (value.ConstantValue is { HasValue: true, Value: string constant })
            return new SiteName(constant, null, []);
        if (value is IFieldReferenceOperation { Field: { Name: nameof(string.Empty), ContainingType.SpecialType: SpecialType.System_String } })
            return new SiteName("", null, []);
        return value is IInterpolatedStringOperation text ? OfParts(text) : Unknown;
    }

    /// <summary>Whether two keys can be the same name: a variable may stand for any text.</summary>
    public static bool MayBeSame(string one, string other)
    {
        if (!one.Contains(Hole) && !other.Contains(Hole))
            return one == other;
        var (first, last) = Ends(one);
        var (otherFirst, otherLast) = Ends(other);
        return (first.StartsWith(otherFirst, StringComparison.Ordinal) || otherFirst.StartsWith(first, StringComparison.Ordinal))
            && (last.EndsWith(otherLast, StringComparison.Ordinal) || otherLast.EndsWith(last, StringComparison.Ordinal));
    }

    /// <summary>What stands before the first variable and after the last.</summary>
    private static (string First, string Last) Ends(string key) => key.Contains(Hole)
        ? (key.Substring(0, key.IndexOf(Hole, StringComparison.Ordinal)), key.Substring(key.LastIndexOf(Hole, StringComparison.Ordinal) + Hole.Length))
        : (key, key);

    private static SiteName Unknown { get; } = new(null, null, []);

    private static SiteName OfParts(IInterpolatedStringOperation text)
    {
        var pattern = new System.Text.StringBuilder();
        var variables = ImmutableArray.CreateBuilder<ISymbol>();
        foreach (var part in text.Parts)
            switch (part)
            {
                case IInterpolatedStringTextOperation { Text.ConstantValue.Value: string literal }:
                    pattern.Append(literal);
                    break;
                case IInterpolationOperation { Alignment: null, FormatString: null } hole when Variable(hole.Expression) is { } variable:
                    pattern.Append(Hole);
                    variables.Add(variable);
                    break;
                default:
                    return Unknown;
            }
        return new SiteName(null, pattern.ToString(), variables.ToImmutable());
    }

    private static ISymbol? Variable(IOperation expression) => expression switch
    {
        IConversionOperation { IsImplicit: true } conversion => Variable(conversion.Operand),
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };
}
