using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; α, β, n) = ln of n over x + ln B(x + α, n − x + β) − ln B(α, β) for integers x from 0 to n. x, n − x, α and β are the cells of a table with the sums
/// n and α + β of its rows and x + α and n − x + β of its columns: the deviance of each cell from the product of its sums over their own, peaks of all, and
/// logarithms of ratios.
/// </summary>
internal readonly struct BetaBinomialDensity : IDensity
{
    public static int Parameters => 3;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha, beta, n) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var inside = Constraints.IntegersUpTo(n).Check(x);
        var y = Restricted.Safe(x, inside, 0);
        var left = Restricted.Safe(n - y, inside, 0);
        var count = y + left;
        var (weight, first, second) = (alpha + beta, y + alpha, left + beta);
        var all = count + weight;
        var (share, otherShare) = (first / all, second / all);
        var apart = (alpha * left - beta * y) / all;
        var peaks = Stirling.Peak(y) + Stirling.Peak(left) - Stirling.Peak(count) + Stirling.Peak(alpha) + Stirling.Peak(beta) - Stirling.Peak(weight)
            - Stirling.Peak(first) - Stirling.Peak(second) + Stirling.Peak(all);
        var deviances = Stirling.Deviance(y, count * share, apart) + Stirling.Deviance(left, count * otherShare, -apart)
            + Stirling.Deviance(alpha, weight * share, -apart) + Stirling.Deviance(beta, weight * otherShare, apart);
        var ratios = (alpha / first).log() + (beta / second).log() - (weight / all).log();
        return Restricted.To(peaks - deviances + ratios, inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> n)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, alpha, beta, n, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> n,
        out Vector<T> dx, out Vector<T> dalpha, out Vector<T> dbeta, out Vector<T> dn)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        var left = Lanes.Only(inside, n - y);
        var (some, others) = (Vector.GreaterThan(y, Vector<T>.Zero), Vector.GreaterThan(left, Vector<T>.Zero));
        var count = y + left;
        var (weight, first, second) = (alpha + beta, y + alpha, left + beta);
        var all = count + weight;
        var (share, otherShare) = (first / all, second / all);
        var apart = (alpha * left - beta * y) / all;
        var (cell, otherCell) = (Lanes.Where(some, y, one), Lanes.Where(others, left, one));
        var (logAlpha, logBeta, logWeight) = (Lanes.Log(alpha), Lanes.Log(beta), Lanes.Log(weight));
        var (logFirst, logSecond, logAll) = (Lanes.Log(first), Lanes.Log(second), Lanes.Log(all));
        var peaks = GammaLanes.Peak(y, Lanes.Log(cell), out var slopeOfY) + GammaLanes.Peak(left, Lanes.Log(otherCell), out var slopeOfLeft)
            - GammaLanes.Peak(count, Lanes.Log(Lanes.Where(some | others, count, one)), out var slopeOfCount);
        peaks += GammaLanes.Peak(alpha, logAlpha, out var slopeOfAlpha) + GammaLanes.Peak(beta, logBeta, out var slopeOfBeta)
            - GammaLanes.Peak(weight, logWeight, out var slopeOfWeight);
        peaks -= GammaLanes.Peak(first, logFirst, out var slopeOfFirst) + GammaLanes.Peak(second, logSecond, out var slopeOfSecond)
            - GammaLanes.Peak(all, logAll, out var slopeOfAll);
        var (mean, otherMean) = (count * share, count * otherShare);
        var ofY = Lanes.Deviance(cell, mean, Lanes.Where(some, apart, mean - one), out var logY);
        var ofLeft = Lanes.Deviance(otherCell, otherMean, Lanes.Where(others, -apart, otherMean - one), out var logLeft);
        var deviances = Lanes.Where(some, ofY, mean) + Lanes.Where(others, ofLeft, otherMean)
            + Lanes.Deviance(alpha, weight * share, -apart, out var ratio) + Lanes.Deviance(beta, weight * otherShare, apart, out var otherRatio);
        // Of ψ(x + α) − ψ(n + α + β) + ψ(α + β) − ψ(α): the logarithms are one, and each ψ(z) is ln z − slope − 1/z.
        var common = slopeOfAll - slopeOfWeight + one / all - one / weight;
        dalpha = Lanes.Only(inside, ratio + common + (slopeOfAlpha - slopeOfFirst) + (one / alpha - one / first));
        dbeta = Lanes.Only(inside, otherRatio + common + (slopeOfBeta - slopeOfSecond) + (one / beta - one / second));
        var (toFirst, toSecond) = (slopeOfFirst + one / first, slopeOfSecond + one / second);
        dx = Lanes.Only(inside, logY - logLeft + slopeOfY - slopeOfLeft - toFirst + toSecond);
        dn = Lanes.Only(inside, logLeft + slopeOfLeft - slopeOfCount - toSecond + slopeOfAll + one / all);
        return Lanes.Inside(inside, peaks - deviances + (logAlpha - logFirst + (logBeta - logSecond) - (logWeight - logAll)));
    }
}
