using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln Γ(x + r) − ln Γ(r) − ln x! + x ln p + r ln q: with n = x + r, peaks of x, r and n, the deviances of x from np and of r from nq, and ln r/n.
/// </summary>
internal static class NegativeBinomialTerms
{
    /// <summary>The probability's logarithm by operations, where x is positive.</summary>
    /// <param name="x">The count.</param>
    /// <param name="r">The number of failures; positive.</param>
    /// <param name="p">The probability of a success.</param>
    /// <param name="q">That of a failure.</param>
    public static Tensor Of(Tensor x, Tensor r, Tensor p, Tensor q)
    {
        var n = x + r;
        var apart = r * p - x * q;
        return Stirling.Peak(x) + Stirling.Peak(r) - Stirling.Peak(n) + r.log() - n.log()
            - Stirling.Deviance(x, n * p, apart) - Stirling.Deviance(r, n * q, -apart);
    }

    /// <summary>The probability's logarithm where x is positive, and its derivatives by x and r everywhere.</summary>
    /// <param name="x">The count.</param>
    /// <param name="r">The number of failures; positive.</param>
    /// <param name="p">The probability of a success; 1 where the count is 0.</param>
    /// <param name="q">That of a failure.</param>
    /// <param name="apart">np − x.</param>
    /// <param name="dx">The derivative by x.</param>
    /// <param name="dr">The derivative by r.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(Vector<T> x, Vector<T> r, Vector<T> p, Vector<T> q, Vector<T> apart, out Vector<T> dx, out Vector<T> dr)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var some = Vector.GreaterThan(x, Vector<T>.Zero);
        var cell = Lanes.Where(some, x, one);
        var n = x + r;
        var (logR, logN) = (Lanes.Log(r), Lanes.Log(n));
        var peaks = GammaLanes.Peak(x, Lanes.Log(cell), out var slopeOfX) + GammaLanes.Peak(r, logR, out var slopeOfR) - GammaLanes.Peak(n, logN, out var slope);
        var mean = n * p;
        var first = Lanes.Deviance(cell, mean, Lanes.Where(some, apart, mean - one), out var log);
        var second = Lanes.Deviance(r, n * q, -apart, out var other);
        dx = log + slopeOfX - slope - one / n;
        // 1/r − 1/n in one.
        dr = other + (slopeOfR - slope) + x / (r * n);
        return peaks + (logR - logN) - first - second;
    }
}
