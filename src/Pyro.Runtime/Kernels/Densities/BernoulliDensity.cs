using System.Numerics;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; p) = ln p for 1 and ln(1 − p) for 0.</summary>
internal readonly struct BernoulliDensity : IDensity
{
    public static int Parameters => 1;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, ps) = (arguments[0], arguments[1]);
        // The probability of the value is chosen before the logarithm: where it is certain, the other one's ln 0 must not reach the gradient.
        var other = where(x.eq(0), 1 - ps, ps.new_zeros([]));
        return where(x.eq(1), ps, other).log();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> ps, Vector<T> none, Vector<T> neither)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Lanes.Log(Lanes.Where(Vector.Equals(x, Vector<T>.One), ps, Lanes.Only(Vector.Equals(x, Vector<T>.Zero), Vector<T>.One - ps)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> ps, Vector<T> none, Vector<T> neither,
        out Vector<T> dx, out Vector<T> dps, out Vector<T> nothing, out Vector<T> alsoNothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (one, zero) = (Vector.Equals(x, Vector<T>.One), Vector.Equals(x, Vector<T>.Zero));
        dx = default;
        dps = Lanes.Where(one, Vector<T>.One / ps, Lanes.Only(zero, Vector<T>.One / (ps - Vector<T>.One)));
        nothing = default;
        alsoNothing = default;
        return Lanes.Log(Lanes.Where(one, ps, Lanes.Only(zero, Vector<T>.One - ps)));
    }
}
