using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Pyro.Compiler.Catalog;

/// <summary>
/// A set that a parameter or a value lies in: an interval, the integers in one, or vectors or matrices of such numbers that have more in
/// common. What it is, the members of the runtime's Constraints declare.
/// </summary>
public sealed class Constraint
{
    private readonly double _lower;
    private readonly double _upper;
    private readonly bool _lowerInside;
    private readonly bool _upperInside;

    private Constraint(
        string name, string words, (double Number, bool Inside) lower, (double Number, bool Inside) upper, bool integers, int rank)
    {
        ((_lower, _lowerInside), (_upper, _upperInside)) = (lower, upper);
        (Name, Words, IsDiscrete, Rank) = (name, words, integers, rank);
    }

    /// <summary>Where a parameter without a constraint lies.</summary>
    public static Constraint Real { get; } = new(
        nameof(Real), "a finite number", (double.NegativeInfinity, false), (double.PositiveInfinity, false), integers: false, rank: 0);

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
    /// <param name="bound">The argument for a parameter of the method, where it is a known number.</param>
    public static Constraint? Of(ISymbol member, Func<IParameterSymbol, double?> bound)
    {
        var attribute = member.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.FullName() == RuntimeNames.NumbersAttribute);
        if (attribute is not { ConstructorArguments: { Length: 2 } declared }
            || declared[0].Value is not string words || declared[1].Value is not string interval)
            return null;
        var bounds = (member is IMethodSymbol { Parameters: var parameters } ? parameters : [])
            .ToDictionary(parameter => parameter.Name, bound);
        foreach (var known in bounds)
            words = words.Replace($"{{{known.Key}}}", known.Value?.ToString("R", CultureInfo.InvariantCulture));
        var ends = interval.Substring(1, interval.Length - 2).Split(',').Select(end => End(end.Trim(), bounds)).ToArray();
        return ends[0] is { } lower && ends[1] is { } upper
            ? new Constraint(
                member.Name,
                words,
                (lower, interval[0] == '['),
                (upper, interval[interval.Length - 1] == ']'),
                Named(attribute, "Integers") is true,
                Named(attribute, "Rank") as int? ?? 0)
            : null;
    }

    private static double? End(string text, Dictionary<string, double?> bounds) => text switch
    {
        "∞" => double.PositiveInfinity,
        "-∞" => double.NegativeInfinity,
        "π" => Math.PI,
        "-π" => -Math.PI,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => bounds.TryGetValue(text, out var bound) ? bound : null,
    };

    private static object? Named(AttributeData attribute, string property) =>
        attribute.NamedArguments.Where(argument => argument.Key == property).Select(argument => argument.Value.Value).FirstOrDefault();

    /// <summary>Whether a number is in the set, or may be in an element of it.</summary>
    public bool Contains(double value) =>
        (_lowerInside ? value >= _lower : value > _lower)
        && (_upperInside ? value <= _upper : value < _upper)
        && (!IsDiscrete || value == Math.Floor(value));

    /// <summary>Whether it is another set, up to its end points.</summary>
    public bool IsSame(Constraint other) => IsInside(other) && other.IsInside(this);

    /// <summary>Whether it lies inside another up to its end points, which have no mass under a density.</summary>
    public bool IsInside(Constraint other) => _lower >= other._lower && _upper <= other._upper
        && (IsDiscrete || !other.IsDiscrete)
        && (!other.IsWhole || Words == other.Words);
}
