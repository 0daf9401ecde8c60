using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The sets that supports, domains and parameters are described with.</summary>
public static class Constraints
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>The finite numbers.</summary>
    [Numbers("a finite number", "(-∞, ∞)")]
    public static Constraint Real { get; } = new IntervalConstraint(nameof(Real), "the finite numbers (−∞, ∞)", -Infinity, Infinity);

    /// <summary>The numbers above 0.</summary>
    [Numbers("positive", "(0, ∞)")]
    public static Constraint Positive { get; } = new IntervalConstraint(nameof(Positive), "the positive numbers (0, ∞)", 0, Infinity);

    /// <summary>The numbers from 0.</summary>
    [Numbers("zero or positive", "[0, ∞)")]
    public static Constraint NonNegative { get; } =
        new IntervalConstraint(nameof(NonNegative), "the numbers from zero [0, ∞)", 0, Infinity, closedLower: true);

    /// <summary>The numbers from 0 to 1, both included.</summary>
    [Numbers("in [0, 1]", "[0, 1]")]
    public static Constraint UnitInterval { get; } =
        new IntervalConstraint(nameof(UnitInterval), "the unit interval [0, 1]", 0, 1, closedLower: true, closedUpper: true);

    /// <summary>The numbers between 0 and 1, neither included.</summary>
    [Numbers("in (0, 1)", "(0, 1)")]
    public static Constraint OpenUnitInterval { get; } = new IntervalConstraint(nameof(OpenUnitInterval), "the open unit interval (0, 1)", 0, 1);

    /// <summary>The angles from −π to π.</summary>
    [Numbers("in [−π, π]", "[-π, π]")]
    public static Constraint Circle { get; } =
        new IntervalConstraint(nameof(Circle), "the angles [−π, π]", -Math.PI, Math.PI, closedLower: true, closedUpper: true);

    /// <summary>0 and 1.</summary>
    [Numbers("0 or 1", "[0, 1]", Integers = true)]
    public static Constraint Boolean { get; } =
        new IntervalConstraint(nameof(Boolean), "{0, 1}", 0, 1, closedLower: true, closedUpper: true, integers: true);

    /// <summary>The integers from 0.</summary>
    [Numbers("an integer from 0", "[0, ∞)", Integers = true)]
    public static Constraint NonNegativeInteger { get; } =
        new IntervalConstraint(nameof(NonNegativeInteger), "the integers {0, 1, 2, …}", 0, Infinity, closedLower: true, integers: true);

    /// <summary>Vectors of non-negative numbers that add up to 1.</summary>
    [Numbers("probabilities that add up to 1", "[0, 1]", Rank = 1)]
    public static Constraint Simplex { get; } = new SimplexConstraint();

    /// <summary>Rows with one 1 and zeros elsewhere.</summary>
    [Numbers("rows with one 1", "[0, 1]", Integers = true, Rank = 1)]
    public static Constraint OneHot { get; } = new OneHotConstraint();

    /// <summary>Vectors of ascending numbers.</summary>
    [Numbers("in ascending order", "(-∞, ∞)", Rank = 1)]
    public static Constraint Ordered { get; } = new OrderedConstraint();

    /// <summary>Symmetric matrices with positive eigenvalues.</summary>
    [Numbers("a positive definite matrix", "(-∞, ∞)", Rank = 2)]
    public static Constraint PositiveDefinite { get; } = new PositiveDefiniteConstraint();

    /// <summary>Lower triangular matrices with a positive diagonal and rows of length 1: Cholesky factors of correlation matrices.</summary>
    [Numbers("the Cholesky factor of correlations", "[-1, 1]", Rank = 2)]
    public static Constraint CorrelationCholesky { get; } = new CorrelationCholeskyConstraint();

    /// <summary>Lower triangular matrices with a positive diagonal.</summary>
    [Numbers("lower triangular, with a positive diagonal", "(-∞, ∞)", Rank = 2)]
    public static Constraint LowerCholesky { get; } = new LowerCholeskyConstraint();

    /// <summary>The numbers between two bounds.</summary>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    /// <exception cref="ArgumentException">The bounds are not finite and in order.</exception>
    [Numbers("in ({lower}, {upper})", "(lower, upper)")]
    public static Constraint Interval(double lower, double upper)
    {
        if (!(double.IsFinite(lower) && double.IsFinite(upper) && lower < upper))
            throw new ArgumentException($"An interval from {Numbers.Format(lower)} to {Numbers.Format(upper)} is empty or without end.", nameof(upper));
        var text = $"({Numbers.Format(lower)}, {Numbers.Format(upper)})";
        return new IntervalConstraint($"{nameof(Interval)}{text}", $"the interval {text}", lower, upper);
    }

    /// <summary>The numbers above a bound.</summary>
    /// <param name="lower">The bound.</param>
    [Numbers("above {lower}", "(lower, ∞)")]
    public static Constraint GreaterThan(double lower)
    {
        var text = Numbers.Format(lower);
        return new IntervalConstraint($"{nameof(GreaterThan)}({text})", $"the numbers above {text}", lower, Infinity);
    }

    /// <summary>The numbers below a bound.</summary>
    /// <param name="upper">The bound.</param>
    [Numbers("below {upper}", "(-∞, upper)")]
    public static Constraint LessThan(double upper)
    {
        var text = Numbers.Format(upper);
        return new IntervalConstraint($"{nameof(LessThan)}({text})", $"the numbers below {text}", -Infinity, upper);
    }

    /// <summary>The numbers from a bound that is itself a tensor, such as a location parameter.</summary>
    /// <param name="lower">The bound, which is inside; broadcasts with the values.</param>
    [Numbers("at least {lower}", "[lower, ∞)")]
    public static Constraint AtLeast(Tensor lower) =>
        new BoundedConstraint(nameof(AtLeast), "the numbers from its lower bound", lower, null, closed: true, integers: false);

    /// <summary>The numbers above a bound that is itself a tensor.</summary>
    /// <param name="lower">The bound, which is outside; broadcasts with the values.</param>
    [Numbers("above {lower}", "(lower, ∞)")]
    public static Constraint Above(Tensor lower) =>
        new BoundedConstraint(nameof(Above), "the numbers above the lower bound", lower, null, closed: false, integers: false);

    /// <summary>The numbers between two bounds that are themselves tensors.</summary>
    /// <param name="lower">The lower bound, which is inside.</param>
    /// <param name="upper">The upper bound, which is inside.</param>
    [Numbers("in [{lower}, {upper}]", "[lower, upper]")]
    public static Constraint Between(Tensor lower, Tensor upper) =>
        new BoundedConstraint(nameof(Between), "the numbers between its bounds", lower, upper, closed: true, integers: false);

    /// <summary>The integers from 0 to a number that is itself a tensor.</summary>
    /// <param name="upper">The largest one.</param>
    [Numbers("an integer from 0 to {upper}", "[0, upper]", Integers = true)]
    public static Constraint IntegersUpTo(Tensor upper) =>
        new BoundedConstraint(nameof(IntegersUpTo), "the integers from 0 to its number of trials", upper.new_zeros([]), upper, closed: true, integers: true);

    /// <summary>The integers from 0 to below a number.</summary>
    /// <param name="count">The number.</param>
    [Numbers("an integer from 0 to below {count}", "[0, count)", Integers = true)]
    public static Constraint IntegersBelow(long count) => new IntervalConstraint(
        $"{nameof(IntegersBelow)}({count})", $"the integers from 0 to {count - 1}", 0, count - 1, closedLower: true, closedUpper: true, integers: true);

    /// <summary>Rows of integers from 0 that add up to a number.</summary>
    /// <param name="total">The number, one for each row.</param>
    [Numbers("numbers that add up to {total}", "[0, total]", Integers = true, Rank = 1)]
    public static Constraint Counts(Tensor total) => new CountsConstraint(total);

    /// <summary>The bijection from all reals onto a set.</summary>
    /// <param name="constraint">The set.</param>
    /// <exception cref="NotSupportedException">The set is discrete.</exception>
    public static Bijector TransformTo(Constraint constraint) => constraint.TransformTo();
}
