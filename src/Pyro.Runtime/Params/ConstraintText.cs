using System.Globalization;
using Pyro.Distributions;

namespace Pyro.Params;

/// <summary>Constraints of parameters as text in files.</summary>
internal static class ConstraintText
{
    private const string Interval = "interval";

    // Those that have nothing but their name.
    private static readonly (string Text, Constraint Constraint)[] s_plain =
    [
        ("simplex", Constraints.Simplex), ("lower_cholesky", Constraints.LowerCholesky), ("ordered", Constraints.Ordered),
        ("positive_definite", Constraints.PositiveDefinite), ("correlation_cholesky", Constraints.CorrelationCholesky),
    ];

    /// <summary>The text of a constraint.</summary>
    /// <exception cref="NotSupportedException">Its bounds are tensors, which a text does not hold.</exception>
    public static string Write(string parameter, Constraint constraint) => constraint switch
    {
        _ when Array.Find(s_plain, plain => ReferenceEquals(plain.Constraint, constraint)) is { Text: { } text } => text,
        IntervalConstraint interval => string.Join(' ', Interval, Number(interval.Lower), Number(interval.Upper), interval.ClosedLower, interval.ClosedUpper, interval.Name),
        _ => throw new NotSupportedException(
            $"The parameter '{parameter}' has the constraint {constraint}, which cannot be saved: it is not made of numbers. Use an interval, and scale inside the program."),
    };

    /// <summary>The constraint of a text; null for one that is not known.</summary>
    public static Constraint? Read(string text)
    {
        if (Array.Find(s_plain, plain => plain.Text == text) is { Constraint: { } named })
            return named;
        var parts = text.Split(' ', 6);
        if (parts is not [Interval, var low, var high, var closedLow, var closedHigh, var name]
            || !double.TryParse(low, NumberStyles.Float, CultureInfo.InvariantCulture, out var lower)
            || !double.TryParse(high, NumberStyles.Float, CultureInfo.InvariantCulture, out var upper)
            || !bool.TryParse(closedLow, out var closedLower) || !bool.TryParse(closedHigh, out var closedUpper) || !(lower < upper))
            return null;
        Constraint[] intervals =
        [
            Constraints.Real, Constraints.Positive, Constraints.NonNegative, Constraints.UnitInterval, Constraints.OpenUnitInterval, Constraints.Circle,
            .. Made(lower, upper),
        ];
        var read = new IntervalConstraint(name, Describe(lower, upper, closedLower, closedUpper), lower, upper, closedLower, closedUpper);
        // The well-known ones have better words for themselves.
        return Array.Find(intervals, known => known.Name == name && known.Equals(read)) ?? read;
    }

    private static Constraint[] Made(double lower, double upper) => (double.IsFinite(lower), double.IsFinite(upper)) switch
    {
        (true, true) => [Constraints.Interval(lower, upper)],
        (true, false) => [Constraints.GreaterThan(lower)],
        (false, true) => [Constraints.LessThan(upper)],
        _ => [],
    };

    private static string Describe(double lower, double upper, bool closedLower, bool closedUpper) =>
        $"the numbers {(closedLower ? '[' : '(')}{Numbers.Format(lower)}, {Numbers.Format(upper)}{(closedUpper ? ']' : ')')}";

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
