using Pyro.Distributions;

namespace Pyro.Kernels.Special;

/// <summary>
/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x), with their derivatives by both arguments, in double.
/// </summary>
/// <remarks>
/// With t = exp(u) both are integrals of exp(a u − exp(u))/Γ(a), whose logarithm is concave in u; the derivative by a has the factor u − ψ(a) more. Each is
/// taken over the side of x on which that factor has one sign, P below exp ψ(a) and Q above, so that nothing cancels, and relative to the integrand at x,
/// so that a tail keeps its digits. Gauss's rule takes the integral in panels that end where the integrand has fallen by set powers of e.
/// </remarks>
internal readonly struct IncompleteGamma
{
    // Where panels end: what the integrand's logarithm has fallen by.
    private const double Near = 6;
    private const double Middle = 20;
    private const double Far = 46;

    // In a longer panel an integrand that falls like exp(−exp(u)) has too sharp a bend.
    private const double Longest = 3;

    private const int Steps = 60;

    // Below that nothing is left of exp(u) beside 1.
    private const double Flat = -38;

    private IncompleteGamma(bool isLower, double logSlope, double mass, double moment) =>
        (IsLower, LogSlope, Mass, Moment) = (isLower, logSlope, mass, moment);

    /// <summary>Whether P was taken, and not Q.</summary>
    public bool IsLower { get; }

    /// <summary>ln x f(x), where f is the density xᵃ⁻¹ exp(−x)/Γ(a): the derivative of P by ln x.</summary>
    public double LogSlope { get; }

    /// <summary>The tail that was taken over x f(x).</summary>
    public double Mass { get; }

    /// <summary>The derivative of P by a over x f(x).</summary>
    public double Moment { get; }

    /// <summary>P(a, x).</summary>
    public double P => IsLower ? Tail : 1 - Tail;

    /// <summary>Q(a, x).</summary>
    public double Q => IsLower ? 1 - Tail : Tail;

    /// <summary>ln of the tail that was taken.</summary>
    public double LogTail => LogSlope + Math.Log(Mass);

    /// <summary>The derivative of P by a.</summary>
    public double Slope => Math.Exp(LogSlope) * Moment;

    private double Tail => Math.Min(1, Math.Exp(LogTail));

    /// <summary>Takes both functions at a point.</summary>
    /// <param name="a">The shape; positive and finite.</param>
    /// <param name="x">The point; positive and finite, or 0 where only its logarithm is a number.</param>
    /// <param name="u">ln x.</param>
    public static IncompleteGamma At(double a, double x, double u)
    {
        // ln x − ψ(a), where the numbers may be near each other.
        var digamma = GammaFunction.Digamma(a);
        var gap = u - digamma;
        var above = (x - a) / a;
        if (a > 8 && Math.Abs(above) < 0.5)
            gap = Series.LogOnePlus(above) + GammaFunction.LogLessDigamma(a);
        var logSlope = a > 8 && above is > -0.9 and < 4
            ? 0.5 * (Math.Log(a) - Logs.TwoPi) - a * Series.LessLog(above) - GammaFunction.Stirling(a)
            : a * u - x - GammaFunction.Log(a);
        return gap < 0 ? Lower(a, x, gap, logSlope) : Upper(a, x, u, gap, logSlope);
    }

    // ∫ exp(−E(s)) ds with u = ln x − s and E(s) = (a − x) s + x (s − 1 + exp(−s)).
    private static IncompleteGamma Lower(double a, double x, double gap, double logSlope)
    {
        var sums = new Sums(gap, -1);
        double start = 0, guess = Near / (a - x + Math.Sqrt(x * Near));
        foreach (var level in (ReadOnlySpan<double>)[Near, Middle, Far])
        {
            // Newton's steps from both sides of a convex function: the second is at the root or beyond, the next ones come back to it.
            var end = Math.Max(guess, start);
            for (var i = 0; i < 4; i++)
                end += (level - ((a - x) * end + x * Series.LessExpMinus(end))) / (a - x - x * Series.ExpMinusOne(-end));
            for (var i = 0; i < Panel.Points; i++)
            {
                var s = start + (end - start) * Panel.Nodes[i];
                sums.Add(s, (end - start) * Panel.Weights[i] * Math.Exp(-((a - x) * s + x * Series.LessExpMinus(s))));
            }
            (start, guess) = (end, end * 2);
        }
        return new IncompleteGamma(true, logSlope, sums.Mass, sums.Moment);
    }

    // ∫ exp(−F(s)) ds with u = ln x + s and F(s) = (x − a) s + x (exp(s) − 1 − s).
    private static IncompleteGamma Upper(double a, double x, double u, double gap, double logSlope)
    {
        var sums = new Sums(gap, 1);
        var start = 0.0;
        if (u < Flat)
            Add(Flat - u, ref sums);
        foreach (var level in (ReadOnlySpan<double>)[Near, Middle, Far])
        {
            var end = Root(level);
            while (end - start > Longest)
                Add(start + Longest, ref sums);
            Add(end, ref sums);
        }
        return new IncompleteGamma(false, logSlope, sums.Mass, -sums.Moment);

        // A point where the integrand has fallen by a level, to a hundredth: Newton's steps inside of a bracket.
        double Root(double level)
        {
            double low = start, end = Math.Max(2 * start, 1 / Math.Sqrt(Math.Max(x, 1)));
            while (Fall(end) < level)
                (low, end) = (end, 2 * end);
            var high = end;
            for (var i = 0; i < Steps; i++)
            {
                var step = (Fall(end) - level) / (Math.Exp(u + end) - a);
                if (Math.Abs(step) <= 0.01 * end)
                    break;
                var next = end - step;
                if (!(next > low && next <= high))
                    next = (low + high) / 2;
                (low, high) = Fall(next) < level ? (next, high) : (low, next);
                end = next;
            }
            return Math.Max(end, start);
        }

        double Fall(double s) => s < 1 ? (x - a) * s + x * Series.ExpLess(s) : Math.Exp(u + s) - x - a * s;

        void Add(double end, ref Sums to)
        {
            for (var i = 0; i < Panel.Points; i++)
            {
                var s = start + (end - start) * Panel.Nodes[i];
                to.Add(s, (end - start) * Panel.Weights[i] * Math.Exp(-Fall(s)));
            }
            start = end;
        }
    }

    private struct Sums(double gap, double sign)
    {
        public double Mass { get; private set; }

        public double Moment { get; private set; }

        public void Add(double s, double weight)
        {
            Mass += weight;
            Moment += weight * (gap + sign * s);
        }
    }
}
