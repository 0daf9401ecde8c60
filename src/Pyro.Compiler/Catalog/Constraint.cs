using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Catalog;

/// <summary>
/// A set that a parameter or a value lies in: an interval, the integers in one, or vectors or matrices of such numbers that have more in common. What it is, the members of the
/// runtime's Constraints declare.
/// </summary>
public sealed class Constraint
{
    private readonly double _lower;
    private readonly double _upper;
    private readonly bool _lowerInside;
    private readonly bool _upperInside;

    private Constraint(string name, string words, (double Number, bool Inside) lower, (double Number, bool Inside) upper, bool integers, int rank)
    {
        ((_lower, _lowerInside), (_upper, _upperInside)) = (lower, upper);
        (Name, Words, IsDiscrete, Rank) = (name, words, integers, rank);
    }

    /// <summary>Where a parameter without a constraint lies.</summary>
    public static Constraint Real { get; } = new(nameof(Real), "a finite number", (double.NegativeInfinity, false), (double.PositiveInfinity, false), integers: false, rank: 0);

    /// <summary>The member of Constraints that it is.</summary>
    public string Name { get; }

    /// <summary>The end of the sentence "the value must be …".</summary>
    public string Words { get; }

    /// <summary>How many dimensions an element has: 0 for numbers, 1 for vectors, 2 for matrices.</summary>
    public int Rank { get; }

    /// <summary>Whether it is of vectors or matrices, whose numbers lie in the interval and are not free of each other.</summary>
    public bool IsWhole => Rank > 0;

    /// <summary>Whether only integers belong to it.</summary>
    public bool IsDiscrete { get; }

    /// <summary>The set that a member of Constraints is; null where it declares none, or a bound is not known.</summary>
    /// <param name="member">The property, or the method that makes one.</param>
    /// <param name="bound">The argument for a parameter of the method, by its ordinal and name; null where it is not a known number.</param>
    public static Constraint? Of(ISymbol member, Func<int, string, double?> bound)
    {
        if (member.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.FullName() == RuntimeNames.NumbersAttribute) is not { ConstructorArguments: { Length: 2 } declared } attribute
            || declared[0].Value is not string words || declared[1].Value is not string interval)
            return null;
        var ends = interval.Substring(1, interval.Length - 2).Split(',');
        foreach (var parameter in member is IMethodSymbol method ? method.Parameters : [])
            if (bound(parameter.Ordinal, parameter.Name) is { } number)
                words = words.Replace($"{{{parameter.Name}}}", number.ToString("R", CultureInfo.InvariantCulture));
        return End(ends[0].Trim()) is { } lower && End(ends[1].Trim()) is { } upper
            ? new Constraint(member.Name, words, (lower, interval[0] == '['), (upper, interval[interval.Length - 1] == ']'), Named("Integers") is true, Named("Rank") as int? ?? 0)
            : null;

        double? End(string text) => text switch
        {
            "∞" => double.PositiveInfinity,
            "-∞" => double.NegativeInfinity,
            "π" => Math.PI,
            "-π" => -Math.PI,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            _ => (member as IMethodSymbol)?.Parameters.FirstOrDefault(parameter => parameter.Name == text) is { } parameter ? bound(parameter.Ordinal, text) : null,
        };

        object? Named(string property) => attribute.NamedArguments.Where(argument => argument.Key == property).Select(argument => argument.Value.Value).FirstOrDefault();
    }

    /// <summary>Whether a number is in the set, or may be in an element of it.</summary>
    public bool Contains(double value) =>
        (_lowerInside ? value >= _lower : value > _lower)
        && (_upperInside ? value <= _upper : value < _upper)
        && (!IsDiscrete || value == Math.Floor(value));

    /// <summary>Whether it is another set, up to its end points.</summary>
    public bool IsSame(Constraint other) => IsInside(other) && other.IsInside(this);

    /// <summary>Whether it lies inside another up to its end points, which have no mass under a density.</summary>
    public bool IsInside(Constraint other) => _lower >= other._lower && _upper <= other._upper && (IsDiscrete || !other.IsDiscrete)
        && (!other.IsWhole || Words == other.Words);
}
