using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; r, p) = ln Γ(x + r) − ln Γ(r) − ln x! + r ln(1 − p) + x ln p for integers x from 0, where 0 ln 0 is 0.</summary>
internal readonly struct NegativeBinomialDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, r, ps) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.NonNegativeInteger.Check(x);
        var y = Restricted.Safe(x, inside, 0);
        var some = y.gt(0);
        var safe = Restricted.Safe(ps, some, 0.5);
        var none = r * (-where(inside.logical_and(some.logical_not()), ps, ps.new_zeros([]))).log1p();
        return Restricted.To(where(some, NegativeBinomialTerms.Of(y, r, safe, 1 - safe), none), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> r, Vector<T> ps, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, r, ps, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> r, Vector<T> ps, Vector<T> none,
        out Vector<T> dx, out Vector<T> dr, out Vector<T> dps, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x);
        var y = Lanes.Only(inside, x);
        var some = Vector.GreaterThan(y, Vector<T>.Zero);
        var q = Vector<T>.One - ps;
        var terms = NegativeBinomialTerms.Of(y, r, Lanes.Where(some, ps, Vector<T>.One), q, r * ps - y * q, out dx, out dr);
        var log = Lanes.Log1p(-ps);
        dx = Lanes.Only(inside, dx);
        dr = Lanes.Only(inside, Lanes.Where(some, dr, log));
        dps = Lanes.Only(inside, Lanes.Times(y, Vector<T>.One / ps) - r / q);
        nothing = default;
        return Lanes.Inside(inside, Lanes.Where(some, terms, r * log));
    }
}
