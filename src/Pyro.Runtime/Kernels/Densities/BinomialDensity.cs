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
        var left = Restricted.Safe(n - y, inside, 0);
        var q = 1 - ps;
        var some = y.gt(0).logical_and(left.gt(0));
        // Where one of the two counts is 0, the other one's power is all there is.
        var (safe, other) = (Restricted.Safe(ps, some, 0.5), Restricted.Safe(q, some, 0.5));
        var all = Logs.Power(where(some, y.new_full([], 1), ps), y) + left * (-where(left.gt(0).logical_and(some.logical_not()), ps, ps.new_zeros([]))).log1p();
        return Restricted.To(where(some, BinomialTerms.Of(y, left, n, safe, other), all), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> ps, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, n, ps, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> ps, Vector<T> none,
        out Vector<T> dx, out Vector<T> dn, out Vector<T> dps, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        var left = Lanes.Only(inside, n - y);
        var q = Vector<T>.One - ps;
        var (some, others) = (Vector.GreaterThan(y, Vector<T>.Zero), Vector.GreaterThan(left, Vector<T>.Zero));
        // A power of 0 counts nothing, also in the derivatives.
        var terms = BinomialTerms.Of(y, left, n, Lanes.Where(some, ps, Vector<T>.One), Lanes.Where(others, q, Vector<T>.One), left * ps - y * q, out dx, out dn);
        dps = Lanes.Only(inside, Lanes.Times(y, Vector<T>.One / ps) - Lanes.Times(left, Vector<T>.One / q));
        dx = Lanes.Only(inside, dx);
        dn = Lanes.Only(inside, dn);
        nothing = default;
        var edge = Lanes.Where(some, y * Lanes.Log(Lanes.Where(some, ps, Vector<T>.One)), left * Lanes.Log1p(-Lanes.Only(others, ps)));
        return Lanes.Inside(inside, Lanes.Where(some & others, terms, edge));
    }
}
