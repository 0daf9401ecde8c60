using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln of n over x + x ln p + (n − x) ln q, the binomial probability: peaks of x, n − x and n, and the deviances of x from np and of n − x from nq (Loader,
/// "Fast and accurate computation of binomial probabilities", 2000).
/// </summary>
internal static class BinomialTerms
{
    /// <summary>The probability's logarithm by operations, where both counts are positive.</summary>
    /// <param name="x">The one count.</param>
    /// <param name="left">The other count, n − x.</param>
    /// <param name="n">Their sum.</param>
    /// <param name="p">The probability of the one.</param>
    /// <param name="q">That of the other.</param>
    public static Tensor Of(Tensor x, Tensor left, Tensor n, Tensor p, Tensor q)
    {
        var apart = left * p - x * q;
        return Stirling.Peak(x) + Stirling.Peak(left) - Stirling.Peak(n) - Stirling.Deviance(x, n * p, apart) - Stirling.Deviance(left, n * q, -apart);
    }

    /// <summary>The probability's logarithm where both counts are positive, and its derivatives by x and n everywhere.</summary>
    /// <param name="x">The one count.</param>
    /// <param name="left">The other count, n − x.</param>
    /// <param name="n">Their sum.</param>
    /// <param name="p">The probability of the one; 1 where the count is 0.</param>
    /// <param name="q">That of the other; 1 where its count is 0.</param>
    /// <param name="apart">np − x.</param>
    /// <param name="dx">The derivative by x.</param>
    /// <param name="dn">The derivative by n.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(Vector<T> x, Vector<T> left, Vector<T> n, Vector<T> p, Vector<T> q, Vector<T> apart, out Vector<T> dx, out Vector<T> dn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var (some, others) = (Vector.GreaterThan(x, Vector<T>.Zero), Vector.GreaterThan(left, Vector<T>.Zero));
        var (cell, rest) = (Lanes.Where(some, x, one), Lanes.Where(others, left, one));
        var total = Lanes.Where(some | others, n, one);
        var peaks = GammaLanes.Peak(x, Lanes.Log(cell), out var slopeOfX) + GammaLanes.Peak(left, Lanes.Log(rest), out var slopeOfLeft)
            - GammaLanes.Peak(Lanes.Only(some | others, n), Lanes.Log(total), out var slope);
        var (mean, otherMean) = (total * p, total * q);
        var first = Lanes.Deviance(cell, mean, Lanes.Where(some, apart, mean - one), out var log);
        var second = Lanes.Deviance(rest, otherMean, Lanes.Where(others, -apart, otherMean - one), out var other);
        dx = log - other + slopeOfX - slopeOfLeft;
        dn = other + slopeOfLeft - slope;
        return peaks - first - second;
    }
}
