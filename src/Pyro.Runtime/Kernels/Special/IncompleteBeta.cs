using Pyro.Distributions;

namespace Pyro.Kernels.Special;

/// <summary>
/// The regularised incomplete beta function I(x; a, b) and its complement I(1 − x; b, a), with their derivatives by all arguments, in double.
/// </summary>
/// <remarks>
/// With t = 1/(1 + exp(−v)) both are integrals of tᵃ (1 − t)ᵇ/B(a, b), whose logarithm is concave in v. The integral is taken over the side of x that is away
/// from the mean a/(a + b), relative to the integrand at x, by Gauss's rule in panels, as in <see cref="IncompleteGamma"/>.
/// </remarks>
internal readonly struct IncompleteBeta
{
    private const double Near = 6;
    private const double Middle = 20;
    private const double Far = 46;
    private const double Longest = 3;

    // So far from where the integrand bends it is a power.
    private const double Straight = 38;
    private const int Steps = 60;

    private IncompleteBeta(bool isLower, double logSlope, double mass, double byA, double byB) =>
        (IsLower, LogSlope, Mass, MomentA, MomentB) = (isLower, logSlope, mass, byA, byB);

    /// <summary>Whether I(x; a, b) was taken, and not its complement.</summary>
    public bool IsLower { get; }

    /// <summary>ln of the derivative of I by ln(x/(1 − x)): xᵃ (1 − x)ᵇ/B(a, b).</summary>
    public double LogSlope { get; }

    /// <summary>The side that was taken, over that derivative.</summary>
    public double Mass { get; }

    /// <summary>The derivative of I by a, over that derivative.</summary>
    public double MomentA { get; }

    /// <summary>The derivative of I by b, over that derivative.</summary>
    public double MomentB { get; }

    /// <summary>I(x; a, b).</summary>
    public double Lower => IsLower ? Side : 1 - Side;

    /// <summary>1 − I(x; a, b).</summary>
    public double Upper => IsLower ? 1 - Side : Side;

    /// <summary>ln of the side that was taken.</summary>
    public double LogSide => LogSlope + Math.Log(Mass);

    private double Side => Math.Min(1, Math.Exp(LogSide));

    /// <summary>Takes both functions at a point.</summary>
    /// <param name="a">The weight of 1; positive and finite.</param>
    /// <param name="b">The weight of 0; positive and finite.</param>
    /// <param name="x">The point, between 0 and 1.</param>
    /// <param name="y">1 − x.</param>
    /// <param name="v">ln(x/y).</param>
    public static IncompleteBeta At(double a, double b, double x, double y, double v)
    {
        var distance = x * b - y * a;
        var (above, below) = (distance / a, -distance / b);
        var logSlope = LogSlopeAt(a, b, above, below, v);
        var (gapA, gapB) = (Gap(a, b, above, -SoftPlus(-v)), Gap(b, a, below, -SoftPlus(v)));
        if (distance <= 0)
        {
            var (mass, toX, toY) = Integrate(a, b, x, y, v);
            return new IncompleteBeta(true, logSlope, mass, gapA * mass + toX, gapB * mass + toY);
        }
        var (rest, other, own) = Integrate(b, a, y, x, -v);
        return new IncompleteBeta(false, logSlope, rest, -(gapA * rest + own), -(gapB * rest + other));
    }

    // ln x − ψ(a) + ψ(a + b), by x (a + b)/a = 1 + above where these are near each other.
    private static double Gap(double a, double b, double above, double log) => a > 8 && Math.Abs(above) < 0.5
        ? Series.LogOnePlus(above) + GammaFunction.LogLessDigamma(a) - GammaFunction.LogLessDigamma(a + b)
        : log - GammaFunction.Digamma(a) + GammaFunction.Digamma(a + b);

    private static double LogSlopeAt(double a, double b, double above, double below, double v)
    {
        var sum = a + b;
        if (a > 8 && b > 8 && Math.Abs(above) < 0.9 && Math.Abs(below) < 0.9)
            return 0.5 * (Math.Log(a) + Math.Log(b / sum) - Logs.TwoPi) - a * Series.LessLog(above) - b * Series.LessLog(below)
                + GammaFunction.Stirling(sum) - GammaFunction.Stirling(a) - GammaFunction.Stirling(b);
        var (large, small) = (Math.Max(a, b), Math.Min(a, b));
        var logBeta = large > 8
            ? GammaFunction.Log(small) - ((large - 0.5) * Series.LogOnePlus(small / large) + small * (Math.Log(sum) - 1) + GammaFunction.Stirling(sum) - GammaFunction.Stirling(large))
            : GammaFunction.Log(a) + GammaFunction.Log(b) - GammaFunction.Log(sum);
        return -a * SoftPlus(-v) - b * SoftPlus(v) - logBeta;
    }

    // ∫ exp(−E(s)) ds from v downwards, with t(v − s) = x exp(−s)/(y + x exp(−s)), and the integrals with ln t/x and ln (1 − t)/y.
    private static (double Mass, double ToX, double ToY) Integrate(double a, double b, double x, double y, double v)
    {
        var sum = a + b;
        double mass = 0, toX = 0, toY = 0, start = 0;
        foreach (var level in (ReadOnlySpan<double>)[Near, Middle, Far])
        {
            var end = Root(level);
            while (start < end)
            {
                // Panels are short about s = 0 and about s = v, where the integrand bends.
                var next = end - start > Longest && (start < Straight || Math.Abs(start - v) < Straight) ? start + Longest
                    : start < v - Straight && end > v - Straight ? Math.Max(v - Straight, start + Longest) : end;
                next = Math.Min(next, end);
                for (var i = 0; i < Panel.Points; i++)
                {
                    var s = start + (next - start) * Panel.Nodes[i];
                    var (weight, log) = ((next - start) * Panel.Weights[i] * Math.Exp(-Fall(s)), LogRest(s));
                    mass += weight;
                    toX -= weight * (s + log);
                    toY -= weight * log;
                }
                start = next;
            }
        }
        return (mass, toX, toY);

        // ln(y + x exp(−s)): 1 less x (1 − exp(−s)).
        double LogRest(double s) => -x * Series.ExpMinusOne(-s) is var taken && taken < 0.5 ? Series.LogOnePlus(-taken) : Math.Log(y + x * Math.Exp(-s));

        double Fall(double s)
        {
            var taken = -x * Series.ExpMinusOne(-s);
            return taken > 0.3 ? a * s + sum * LogRest(s) : (y * a - x * b) * s + sum * (x * Series.LessExpMinus(s) - Series.LessLog(-taken));
        }

        double Root(double level)
        {
            double low = start, end = Math.Max(2 * start, 1 / Math.Sqrt(Math.Max(sum * x * y, 1)));
            while (Fall(end) < level)
                (low, end) = (end, 2 * end);
            var high = end;
            for (var i = 0; i < Steps; i++)
            {
                var power = x * Math.Exp(-end);
                var step = (Fall(end) - level) / (a - sum * power / (y + power));
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
    }

    private static double SoftPlus(double v) => Math.Max(v, 0) + Series.LogOnePlus(Math.Exp(-Math.Abs(v)));
}
