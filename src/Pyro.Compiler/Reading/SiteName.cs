using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Pyro.Compiler.Reading;

/// <summary>
/// What is known of a name before the program runs: a constant, a pattern over whole numbers such as <c>$"z_{t + 1}"</c> or
/// <c>"z_" + t</c>, or nothing.
/// </summary>
public sealed class SiteName
{
    private const string Hole = "{}";

    private SiteName(
        string? constant, string? pattern, ImmutableArray<ISymbol> variables, ImmutableArray<IOperation> numbers, string format)
    {
        (Constant, Pattern, Variables, Format) = (constant, pattern, variables, format);
        Places = [.. numbers.Select(number => number.Syntax.ToString())];
        Indices = [.. numbers.Select(Variable)];
    }

    /// <summary>The name, where it is a constant.</summary>
    public string? Constant { get; }

    /// <summary>The name with <c>{}</c> in place of each number, where it is a pattern.</summary>
    public string? Pattern { get; }

    /// <summary>The variables that the pattern's numbers are computed from.</summary>
    public ImmutableArray<ISymbol> Variables { get; }

    /// <summary>The pattern's numbers, in their order, as they are written.</summary>
    public ImmutableArray<string> Places { get; }

    /// <summary>The variable that each of the pattern's numbers is, by itself; null where it is computed from variables.</summary>
    public ImmutableArray<ISymbol?> Indices { get; }

    /// <summary>The name, or a composite format over the pattern's numbers; empty where nothing is known, or the name is empty.</summary>
    public string Format { get; }

    /// <summary>The name as messages have it: a pattern with its numbers as they are written.</summary>
    public string? Text => Constant ?? (Pattern is null ? null : Places.Aggregate(Pattern, (text, place) => Filled(text, place)));

    /// <summary>Constant or pattern: what a site and its counterpart in another program share. Null where nothing is known.</summary>
    public string? Key => Constant ?? Pattern;

    /// <summary>A constant name.</summary>
    public static SiteName Of(string constant) => new(constant, null, [], [], constant);

    /// <summary>Reads the argument of a primitive.</summary>
    public static SiteName Of(IOperation? argument)
    {
        var value = argument is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand : argument;
        if (value?.ConstantValue is { HasValue: true, Value: string constant })
            return new SiteName(constant, null, [], [], constant);
        if (value is IFieldReferenceOperation { Field: var field }
            && field is { Name: nameof(string.Empty), ContainingType.SpecialType: SpecialType.System_String })
            return new SiteName("", null, [], [], "");
        var parts = new Parts();
        return value is not null && parts.Append(value) ? parts.ToName() : Unknown;
    }

    /// <summary>Whether a key is a pattern.</summary>
    public static bool IsPattern(string key) => key.Contains(Hole);

    /// <summary>Whether two keys can be the same name: a variable may stand for any text.</summary>
    public static bool MayBeSame(string one, string other)
    {
        if (!IsPattern(one) && !IsPattern(other))
            return one == other;
        var (first, last) = Ends(one);
        var (otherFirst, otherLast) = Ends(other);
        return (first.StartsWith(otherFirst, StringComparison.Ordinal) || otherFirst.StartsWith(first, StringComparison.Ordinal))
            && (last.EndsWith(otherLast, StringComparison.Ordinal) || otherLast.EndsWith(last, StringComparison.Ordinal));
    }

    /// <summary>What stands before the first variable and after the last.</summary>
    private static (string First, string Last) Ends(string key) => IsPattern(key)
        ? (key.Substring(0, key.IndexOf(Hole, StringComparison.Ordinal)),
            key.Substring(key.LastIndexOf(Hole, StringComparison.Ordinal) + Hole.Length))
        : (key, key);

    private static SiteName Unknown { get; } = new(null, null, [], [], "");

    // The next number in the place of the first hole; what is filled in has none.
    private static string Filled(string text, string place)
    {
        var hole = text.IndexOf(Hole, StringComparison.Ordinal);
        return hole < 0 ? text : $"{text.Substring(0, hole)}{{{place}}}{text.Substring(hole + Hole.Length)}";
    }

    private static ISymbol? Variable(IOperation number) => number switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>A pattern as it is put together.</summary>
    private sealed class Parts
    {
        private readonly StringBuilder _pattern = new();
        private readonly StringBuilder _format = new();
        private readonly ImmutableArray<ISymbol>.Builder _variables = ImmutableArray.CreateBuilder<ISymbol>();
        private readonly ImmutableArray<IOperation>.Builder _numbers = ImmutableArray.CreateBuilder<IOperation>();

        public SiteName ToName() => _numbers.Count > 0
            ? new SiteName(null, _pattern.ToString(), _variables.ToImmutable(), _numbers.ToImmutable(), _format.ToString())
            : new SiteName(_pattern.ToString(), null, [], [], _pattern.ToString());

        /// <summary>Takes an interpolated string, a sum of strings and numbers, or one in another; false where a part is none.</summary>
        public bool Append(IOperation part)
        {
            switch (part)
            {
                case { ConstantValue: { HasValue: true, Value: string text } }:
                    _pattern.Append(text);
                    _format.Append(text.Replace("{", "{{").Replace("}", "}}"));
                    return true;
                case IConversionOperation { IsImplicit: true } conversion:
                    return Append(conversion.Operand);
                case IParenthesizedOperation inner:
                    return Append(inner.Operand);
                case IInterpolatedStringOperation interpolated:
                    return interpolated.Parts.All(piece => piece switch
                    {
                        IInterpolatedStringTextOperation text => Append(text.Text),
                        IInterpolationOperation { Alignment: null, FormatString: null } hole => Append(hole.Expression),
                        _ => false,
                    });
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                    return Append(sum.LeftOperand) && Append(sum.RightOperand);
                case { Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } when IsComputed(part):
                    _pattern.Append(Hole);
                    _format.Append('{').Append(_numbers.Count).Append('}');
                    _numbers.Add(part);
                    return true;
                default:
                    return false;
            }
        }

        private bool IsComputed(IOperation number)
        {
            switch (number)
            {
                case { ConstantValue.HasValue: true }:
                    return true;
                case var _ when Variable(number) is { } variable:
                    _variables.Add(variable);
                    return true;
                // What a query declares before its last clause.
                case IPropertyReferenceOperation
                {
                    Property: { ContainingType.IsAnonymousType: true } declared, Syntax: IdentifierNameSyntax,
                }:
                    _variables.Add(declared);
                    return true;
                case IConversionOperation { OperatorMethod: null } conversion:
                    return IsComputed(conversion.Operand);
                case IParenthesizedOperation inner:
                    return IsComputed(inner.Operand);
                case IUnaryOperation { OperatorMethod: null } minus:
                    return IsComputed(minus.Operand);
                case IBinaryOperation { OperatorMethod: null } binary:
                    return IsComputed(binary.LeftOperand) && IsComputed(binary.RightOperand);
                default:
                    return false;
            }
        }
    }
}
