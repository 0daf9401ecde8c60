using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; α, β) = (α − 1) ln x + (β − 1) ln(1 − x) − ln B(α, β) for x from 0 to 1, where 0 ln 0 is 0: with n = α + β, peaks of α, β and n, and the
/// deviances of α from nx and of β from n(1 − x).
/// </summary>
internal readonly struct BetaDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha, beta) = (arguments[0], arguments[1], arguments[2]);
        var inside = x.ge(0).logical_and(x.le(1));
        var open = x.gt(0).logical_and(x.lt(1));
        var y = Restricted.Safe(x, open, 0.5);
        var rest = 1 - y;
        var both = alpha + beta;
        var apart = beta * y - alpha * rest;
        var density = Stirling.Peak(alpha) + Stirling.Peak(beta) - Stirling.Peak(both) - Stirling.Deviance(alpha, both * y, apart)
            - Stirling.Deviance(beta, both * rest, -apart) + alpha.log() + beta.log() - both.log() - y.log() - (-y).log1p();
        // At an end one of the powers is 1, 0 or infinite.
        var (end, other) = (where(x.eq(0), alpha, beta), where(x.eq(0), beta, alpha));
        var edge = where(end.eq(1), other.log(), (end - 1).sign() * end.new_full([], double.NegativeInfinity));
        return Restricted.To(where(open, density, edge), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, alpha, beta, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none,
        out Vector<T> dx, out Vector<T> dalpha, out Vector<T> dbeta, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var inside = Vector.GreaterThanOrEqual(x, Vector<T>.Zero) & Vector.LessThanOrEqual(x, one);
        var y = Lanes.Where(inside, x, Lanes.Of<T>(0.5));
        var rest = one - y;
        var (low, high) = (Vector.Equals(y, Vector<T>.Zero), Vector.Equals(rest, Vector<T>.Zero));
        var both = alpha + beta;
        var apart = beta * y - alpha * rest;
        var (logAlpha, logBeta, logBoth) = (Lanes.Log(alpha), Lanes.Log(beta), Lanes.Log(both));
        // At an end ln 0 counts nothing in the derivatives.
        var first = Lanes.Deviance(alpha, both * Lanes.Where(low, one, y), Lanes.Where(low, beta, apart), out var log);
        var second = Lanes.Deviance(beta, both * Lanes.Where(high, one, rest), Lanes.Where(high, alpha, -apart), out var other);
        var peaks = GammaLanes.Peak(alpha, logAlpha, out var slopeOfAlpha) + GammaLanes.Peak(beta, logBeta, out var slopeOfBeta)
            - GammaLanes.Peak(both, logBoth, out var slope);
        slope += one / both;
        dx = Lanes.Only(inside, Lanes.Times(alpha - one, one / y) - Lanes.Times(beta - one, one / rest));
        dalpha = Lanes.Only(inside, log + slopeOfAlpha + one / alpha - slope);
        dbeta = Lanes.Only(inside, other + slopeOfBeta + one / beta - slope);
        nothing = default;
        var density = peaks + logBoth - first - log - second - other;
        density = Lanes.Where(low, Edge(alpha, logBeta), Lanes.Where(high, Edge(beta, logAlpha), density));
        return Lanes.Inside(inside, density);
    }

    // (α − 1) ln 0, and at α = 1 the density ln β that is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Edge<T>(Vector<T> weight, Vector<T> density)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Lanes.Where(Vector.Equals(weight, Vector<T>.One), density, (weight - Vector<T>.One) * Lanes.Of<T>(double.NegativeInfinity));
}
