using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; n, p) = ln of n over x + x ln p + (n − x) ln(1 − p) for integers x from 0 to n, where 0 ln 0 is 0.</summary>
internal readonly struct BinomialDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, n, ps) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.IntegersUpTo(n).Check(x);
        var y = Restricted.Safe(x, inside, 0);
        var left = n - y;
        var failed = left.gt(0).logical_and(inside);
        return Restricted.To(Logs.Choose(n, y) + Logs.Power(ps, y) + left * (-where(failed, ps, ps.new_zeros([]))).log1p(), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> ps, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        return Lanes.Inside(inside, GammaLanes.Log(n + Vector<T>.One) - GammaLanes.Log(y + Vector<T>.One) - GammaLanes.Log(n - y + Vector<T>.One)
            + Lanes.Times(y, Lanes.Log(ps)) + Lanes.Times(n - y, Lanes.Log1p(-ps)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> ps, Vector<T> none,
        out Vector<T> dx, out Vector<T> dn, out Vector<T> dps, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        var left = n - y;
        var ways = GammaLanes.Log(n + Vector<T>.One, out var slope) - GammaLanes.Log(y + Vector<T>.One, out var slopeOfY)
            - GammaLanes.Log(left + Vector<T>.One, out var slopeOfLeft);
        var (log, other) = (Lanes.Log(ps), Lanes.Log1p(-ps));
        dps = Lanes.Only(inside, Lanes.Times(y, Vector<T>.One / ps) - Lanes.Times(left, Vector<T>.One / (Vector<T>.One - ps)));
        var rest = Lanes.Only(Vector.GreaterThan(left, Vector<T>.Zero), other);
        dx = Lanes.Only(inside, slopeOfLeft - slopeOfY + Lanes.Only(Vector.GreaterThan(y, Vector<T>.Zero), log) - rest);
        dn = Lanes.Only(inside, slope - slopeOfLeft + rest);
        nothing = default;
        return Lanes.Inside(inside, ways + Lanes.Times(y, log) + Lanes.Times(left, other));
    }
}
