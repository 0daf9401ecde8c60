using System.Globalization;

namespace Pyro.Analyzers.Flow;

/// <summary>A set that a parameter or a value lies in: an interval, the integers in one, or vectors or matrices of such numbers that have more in common.</summary>
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
    public static readonly Domain Simplex = new("probabilities that add up to 1", "Simplex", 0, 1, true, true, false, isWhole: true);
    public static readonly Domain OneHot = new("rows with one 1", "OneHot", 0, 1, true, true, true, isWhole: true);
    public static readonly Domain PositiveDefinite = new("a positive definite matrix", "PositiveDefinite", double.NegativeInfinity, double.PositiveInfinity, false, false, false, isWhole: true);
    public static readonly Domain LowerCholesky = new("lower triangular, with a positive diagonal", "LowerCholesky", double.NegativeInfinity, double.PositiveInfinity, false, false, false, isWhole: true);
    public static readonly Domain CorrelationCholesky = new("the Cholesky factor of correlations", "CorrelationCholesky", -1, 1, true, true, false, isWhole: true);
    public static readonly Domain Ordered = new("in ascending order", "Ordered", double.NegativeInfinity, double.PositiveInfinity, false, false, false, isWhole: true);

    private readonly double _lower;
    private readonly double _upper;
    private readonly bool _lowerInside;
    private readonly bool _upperInside;

    private Domain(string words, string? constraint, double lower, double upper, bool lowerInside, bool upperInside, bool integers, bool isWhole = false)
    {
        (_lower, _upper, _lowerInside, _upperInside, IsWhole) = (lower, upper, lowerInside, upperInside, isWhole);
        Words = words;
        Constraint = constraint;
        IsDiscrete = integers;
    }

    /// <summary>The end of the sentence "the value must be …".</summary>
    public string Words { get; }

    /// <summary>The domain that a property of Constraints is; null for a name that is none.</summary>
    public static Domain? Named(string constraint) => _named.FirstOrDefault(domain => domain.Constraint == constraint);

    /// <summary>The name of the property of Constraints that is this set; null where there is none.</summary>
    public string? Constraint { get; }

    /// <summary>Whether it is of vectors or matrices, whose numbers lie in the interval and are not free of each other.</summary>
    public bool IsWhole { get; }

    /// <summary>Whether only integers belong to it.</summary>
    public bool IsDiscrete { get; }

    private static readonly Domain[] _named =
        [Real, Positive, NonNegative, UnitInterval, OpenUnitInterval, Circle, Boolean, NonNegativeInteger, Simplex, OneHot, PositiveDefinite, LowerCholesky, CorrelationCholesky, Ordered];

    public static Domain Between(double lower, double upper) => new($"in [{Text(lower)}, {Text(upper)}]", null, lower, upper, true, true, false);

    public static Domain From(double lower) => new($"at least {Text(lower)}", null, lower, double.PositiveInfinity, true, false, false);

    public static Domain Above(double lower) => new($"above {Text(lower)}", null, lower, double.PositiveInfinity, false, false, false);

    public static Domain Below(double upper) => new($"below {Text(upper)}", null, double.NegativeInfinity, upper, false, false, false);

    public static Domain IntegersTo(double upper) => new($"an integer from 0 to {Text(upper)}", null, 0, upper, true, true, true);

    /// <summary>Rows of numbers that add up to a total.</summary>
    public static Domain Counts(double total) => new($"numbers that add up to {Text(total)}", null, 0, total, true, true, true, isWhole: true);

    public bool Contains(double value) =>
        (_lowerInside ? value >= _lower : value > _lower)
        && (_upperInside ? value <= _upper : value < _upper)
        && (!IsDiscrete || value == Math.Floor(value));

    /// <summary>Whether it lies inside another up to its end points, which have no mass under a density.</summary>
    public bool IsInside(Domain other) => _lower >= other._lower && _upper <= other._upper && (IsDiscrete || !other.IsDiscrete)
        && (!other.IsWhole || Words == other.Words);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
