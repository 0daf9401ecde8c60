using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; α, β) = (α − 1) ln x + (β − 1) ln(1 − x) − ln B(α, β) for x from 0 to 1, where 0 ln 0 is 0.</summary>
internal readonly struct BetaDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha, beta) = (arguments[0], arguments[1], arguments[2]);
        var inside = x.ge(0).logical_and(x.le(1));
        var y = Restricted.Safe(x, inside, 0.5);
        return Restricted.To(Logs.Power(y, alpha - 1) + Logs.Power(1 - y, beta - 1) - Logs.Beta(alpha, beta), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Support(x);
        var y = Lanes.Where(inside, x, Lanes.Of<T>(0.5));
        var density = Lanes.Times(alpha - Vector<T>.One, Lanes.Log(y)) + Lanes.Times(beta - Vector<T>.One, Lanes.Log(Vector<T>.One - y));
        return Lanes.Inside(inside, density - GammaLanes.Log(alpha) - GammaLanes.Log(beta) + GammaLanes.Log(alpha + beta));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none,
        out Vector<T> dx, out Vector<T> dalpha, out Vector<T> dbeta, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Support(x);
        var y = Lanes.Where(inside, x, Lanes.Of<T>(0.5));
        var rest = Vector<T>.One - y;
        var (log, other) = (Lanes.Log(y), Lanes.Log(rest));
        var first = GammaLanes.Log(alpha, out var firstSlope);
        var second = GammaLanes.Log(beta, out var secondSlope);
        var both = GammaLanes.Log(alpha + beta, out var slope);
        dx = Lanes.Only(inside, Lanes.Times(alpha - Vector<T>.One, Vector<T>.One / y) - Lanes.Times(beta - Vector<T>.One, Vector<T>.One / rest));
        dalpha = Lanes.Only(inside, slope - firstSlope + Lanes.Only(Vector.GreaterThan(y, Vector<T>.Zero), log));
        dbeta = Lanes.Only(inside, slope - secondSlope + Lanes.Only(Vector.GreaterThan(rest, Vector<T>.Zero), other));
        nothing = default;
        return Lanes.Inside(inside, Lanes.Times(alpha - Vector<T>.One, log) + Lanes.Times(beta - Vector<T>.One, other) - first - second + both);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Support<T>(Vector<T> x)
        where T : unmanaged => Vector.GreaterThanOrEqual(x, Vector<T>.Zero) & Vector.LessThanOrEqual(x, Vector<T>.One);
}
