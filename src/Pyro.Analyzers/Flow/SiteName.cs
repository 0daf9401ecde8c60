using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Analyzers.Flow;

/// <summary>What is known of a name while typing: a constant, a pattern over whole numbers such as <c>$"z_{t + 1}"</c> or <c>"z_" + t</c>, or nothing.</summary>
internal sealed class SiteName
{
    private const string Hole = "{}";

    private SiteName(string? constant, string? pattern, ImmutableArray<ISymbol> variables, ImmutableArray<string> places)
    {
        Constant = constant;
        Pattern = pattern;
        Variables = variables;
        Places = places;
    }

    /// <summary>The name, where it is a constant.</summary>
    public string? Constant { get; }

    /// <summary>The name with <c>{}</c> in place of each number, where it is a pattern.</summary>
    public string? Pattern { get; }

    /// <summary>The variables that the pattern's numbers are computed from.</summary>
    public ImmutableArray<ISymbol> Variables { get; }

    /// <summary>The pattern's numbers, in their order, as they are written.</summary>
    public ImmutableArray<string> Places { get; }

    /// <summary>The name as messages have it: a pattern with its numbers as they are written.</summary>
    public string? Text => Constant ?? (Pattern is null ? null : Places.Aggregate(Pattern, (text, place) => Filled(text, place)));

    /// <summary>Constant or pattern: what a site of one program and its counterpart in another have in common. Null where nothing is known.</summary>
    public string? Key => Constant ?? Pattern;

    /// <summary>Reads the argument of a primitive.</summary>
    public static SiteName Of(IOperation argument)
    {
        var value = argument is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument;
        if (value.ConstantValue is { HasValue: true, Value: string constant })
            return new SiteName(constant, null, [], []);
        if (value is IFieldReferenceOperation { Field: { Name: nameof(string.Empty), ContainingType.SpecialType: SpecialType.System_String } })
            return new SiteName("", null, [], []);
        var pattern = new StringBuilder();
        var (variables, places) = (ImmutableArray.CreateBuilder<ISymbol>(), ImmutableArray.CreateBuilder<string>());
        return Append(value, pattern, variables, places) && places.Count > 0 ? new SiteName(null, pattern.ToString(), variables.ToImmutable(), places.ToImmutable()) : Unknown;
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

    private static SiteName Unknown { get; } = new(null, null, [], []);

    // The next number in the place of the first hole; what is filled in has none.
    private static string Filled(string text, string place)
    {
        var hole = text.IndexOf(Hole, StringComparison.Ordinal);
        return hole < 0 ? text : $"{text.Substring(0, hole)}{{{place}}}{text.Substring(hole + Hole.Length)}";
    }

    // An interpolated string, a sum of strings and numbers, or one of these inside of another; false where a part is none of that.
    private static bool Append(IOperation part, StringBuilder pattern, ImmutableArray<ISymbol>.Builder variables, ImmutableArray<string>.Builder places)
    {
        switch (part)
        {
            case { ConstantValue: { HasValue: true, Value: string text } }:
                pattern.Append(text);
                return true;
            case IConversionOperation { IsImplicit: true } conversion:
                return Append(conversion.Operand, pattern, variables, places);
            case IParenthesizedOperation inner:
                return Append(inner.Operand, pattern, variables, places);
            case IInterpolatedStringOperation interpolated:
                return interpolated.Parts.All(piece => piece switch
                {
                    IInterpolatedStringTextOperation text => Append(text.Text, pattern, variables, places),
                    IInterpolationOperation { Alignment: null, FormatString: null } hole => Append(hole.Expression, pattern, variables, places),
                    _ => false,
                });
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                return Append(sum.LeftOperand, pattern, variables, places) && Append(sum.RightOperand, pattern, variables, places);
            case { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } when IsComputed(part, variables):
                pattern.Append(Hole);
                places.Add(part.Syntax.ToString());
                return true;
            default:
                return false;
        }
    }

    private static bool IsComputed(IOperation number, ImmutableArray<ISymbol>.Builder variables)
    {
        switch (number)
        {
            case { ConstantValue.HasValue: true }:
                return true;
            case ILocalReferenceOperation local:
                variables.Add(local.Local);
                return true;
            case IParameterReferenceOperation parameter:
                variables.Add(parameter.Parameter);
                return true;
            case IConversionOperation { OperatorMethod: null } conversion:
                return IsComputed(conversion.Operand, variables);
            case IParenthesizedOperation inner:
                return IsComputed(inner.Operand, variables);
            case IUnaryOperation { OperatorMethod: null } minus:
                return IsComputed(minus.Operand, variables);
            case IBinaryOperation { OperatorMethod: null } binary:
                return IsComputed(binary.LeftOperand, variables) && IsComputed(binary.RightOperand, variables);
            default:
                return false;
        }
    }
}
