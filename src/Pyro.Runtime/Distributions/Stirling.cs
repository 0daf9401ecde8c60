using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// Differences of ln Γ that stay small where ln Γ itself is large, by tensor operations: densities, entropies and divergences are made of them, and nothing
/// is lost at large parameters, neither of values nor of gradients. Above a bound they are Stirling's series (Abramowitz and Stegun 6.1.40 and 6.3.18), below
/// ln Γ itself. For registers of numbers the same is in Kernels.GammaLanes.
/// </summary>
internal static class Stirling
{
    // The distance of a ratio from 1 up to which its deviance is a series.
    private const double NearOne = 0.28;

    // B₂ₖ/(2k (2k − 1)).
    private static readonly double[] s_rest =
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

    // B₂ₖ/(2k).
    private static readonly double[] s_lag = [.. s_rest.Select((c, i) => c * (2 * i + 1))];

    /// <summary>z ln z − z − ln z!: the log probability of the count z under the Poisson distribution of mean z; about −½ ln 2πz. 0 at z = 0.</summary>
    /// <param name="z">z, from 0.</param>
    public static Tensor Peak(Tensor z)
    {
        var near = z.lt(Bound(z));
        var (low, high) = (Restricted.Safe(z, near, 1), Above(z, near));
        var r = high.reciprocal();
        return where(
            near, Logs.Power(low, low) - low - (low + 1).lgamma(), -0.5 * high.log() - Logs.HalfTwoPi - r * Series(s_rest, r.square()));
    }

    /// <summary>ln z − ψ(z), about ½/z.</summary>
    /// <param name="z">z; positive.</param>
    public static Tensor Lag(Tensor z)
    {
        var near = z.lt(Bound(z));
        var (low, high) = (Restricted.Safe(z, near, 1), Above(z, near));
        var r = high.reciprocal();
        var square = r.square();
        return where(near, low.log() - low.digamma(), 0.5 * r + square * Series(s_lag, square));
    }

    /// <summary>ln Γ(z + ½) − ln Γ(z) − ½ ln z, about −⅛/z.</summary>
    /// <param name="z">z; positive.</param>
    public static Tensor HalfStep(Tensor z)
    {
        var near = z.lt(Bound(z));
        var (low, high) = (Restricted.Safe(z, near, 1), Above(z, near));
        var r = high.reciprocal();
        return where(near, (low + 0.5).lgamma() - low.lgamma() - 0.5 * low.log(), r * Series(Logs.HalfStep, r.square()));
    }

    /// <summary>Its derivative ψ(z + ½) − ψ(z) − ½/z, about ⅛/z².</summary>
    /// <param name="z">z; positive.</param>
    public static Tensor HalfStepSlope(Tensor z)
    {
        var near = z.lt(Bound(z));
        var (low, high) = (Restricted.Safe(z, near, 1), Above(z, near));
        var square = high.reciprocal().square();
        return where(near, (low + 0.5).digamma() - low.digamma() - 0.5 / low, square * Series(Logs.HalfStepSlope, square));
    }

    /// <summary>
    /// The deviance m − c − c ln(m/c) of a cell c from its mean m, which is never negative. Where m is near c it is a series of (m − c)/c, about ½(m − c)²/c,
    /// of which nothing would be left otherwise (Loader, "Fast and accurate computation of binomial probabilities", 2000).
    /// </summary>
    /// <param name="cell">c, from 0.</param>
    /// <param name="mean">m, from 0.</param>
    /// <param name="apart">m − c, as exact as it is known.</param>
    /// <param name="log">ln m, for a mean that may be too small a number; null for none that is.</param>
    public static Tensor Deviance(Tensor cell, Tensor mean, Tensor apart, Tensor? log = null)
    {
        var near = apart.abs().lt(NearOne * cell);
        var t = Restricted.Safe(apart, near, 0) / Restricted.Safe(cell, near, 1);
        // ln(1 + t) is 2 artanh(t/(2 + t)).
        var s = t / (2 + t);
        var w = s.square();
        var rest = s.new_full([], 1.0 / 21);
        for (var k = 19; k >= 3; k -= 2)
            rest = rest * w + 1.0 / k;
        var series = cell * s * (t - 2 * w * rest);
        var far = near.logical_not().logical_and(cell.gt(0));
        var ratio = Restricted.Safe(mean, far, 1) / Restricted.Safe(cell, far, 1);
        if (log is null)
            return where(near, series, apart - cell * ratio.log());
        var small = far.logical_and(mean.lt(mean.dtype == ScalarType.Float64 ? 1e-290 : 1e-30));
        var ln = where(small, log - cell.log(), Restricted.Safe(ratio, small.logical_not(), 1).log());
        return where(near, series, apart - cell * ln);
    }

    // The same as where a series begins, in what it is not taken for.
    private static Tensor Above(Tensor z, Tensor near) => Restricted.Safe(z, near.logical_not(), Bound(z));

    private static double Bound(Tensor z) => z.dtype == ScalarType.Float64 ? 12 : 4;

    private static Tensor Series(double[] coefficients, Tensor x)
    {
        var sum = x * coefficients[^1];
        for (var i = coefficients.Length - 2; i > 0; i--)
            sum = (sum + coefficients[i]) * x;
        return sum + coefficients[0];
    }
}
