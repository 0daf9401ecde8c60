using System.Globalization;

namespace Pyro.Analyzers.Flow;

/// <summary>A set of numbers that a parameter or a value lies in: an interval, or the integers in one.</summary>
internal sealed class Domain
{
    public static readonly Domain Real = new("a finite number", "Real", double.NegativeInfinity, double.PositiveInfinity, false, false, false);
    public static readonly Domain Positive = new("positive", "Positive", 0, double.PositiveInfinity, false, false, false);
    public static readonly Domain NonNegative = new("zero or positive", "NonNegative", 0, double.PositiveInfinity, true, false, false);
    public static readonly Domain UnitInterval = new("in [0, 1]", "UnitInterval", 0, 1, true, true, false);
    public static readonly Domain OpenUnitInterval = new("in (0, 1)", "OpenUnitInterval", 0, 1, false, false, false);
    public static readonly Domain Circle = new("in [−π, π]", "Circle", -Math.PI, Math.PI, true, true, false);
    public static readonly Domain Boolean = new("0 or 1", "Boolean", 0, 1, true, true, true);
    public static readonly Domain NonNegativeInteger = new("an integer from 0", "NonNegativeInteger", 0, double.PositiveInfinity, true, false, true);

    private readonly double _lower;
    private readonly double _upper;
    private readonly bool _lowerInside;
    private readonly bool _upperInside;

    private Domain(string words, string? constraint, double lower, double upper, bool lowerInside, bool upperInside, bool integers)
    {
        (_lower, _upper, _lowerInside, _upperInside) = (lower, upper, lowerInside, upperInside);
        Words = words;
        Constraint = constraint;
        IsDiscrete = integers;
    }

    /// <summary>The end of the sentence "the value must be …".</summary>
    public string Words { get; }

    /// <summary>The name of the property of Constraints that is this set; null where there is none.</summary>
    public string? Constraint { get; }

    /// <summary>Whether only integers belong to it.</summary>
    public bool IsDiscrete { get; }

    public static Domain Between(double lower, double upper) => new($"in [{Text(lower)}, {Text(upper)}]", null, lower, upper, true, true, false);

    public static Domain From(double lower) => new($"at least {Text(lower)}", null, lower, double.PositiveInfinity, true, false, false);

    public static Domain Above(double lower) => new($"above {Text(lower)}", null, lower, double.PositiveInfinity, false, false, false);

    public static Domain IntegersTo(double upper) => new($"an integer from 0 to {Text(upper)}", null, 0, upper, true, true, true);

    public bool Contains(double value) =>
        (_lowerInside ? value >= _lower : value > _lower)
        && (_upperInside ? value <= _upper : value < _upper)
        && (!IsDiscrete || value == Math.Floor(value));

    /// <summary>Whether it lies inside another up to its end points, which have no mass under a density.</summary>
    public bool IsInside(Domain other) => _lower >= other._lower && _upper <= other._upper && (IsDiscrete || !other.IsDiscrete);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
