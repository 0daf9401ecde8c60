using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; v) = 0 for v.</summary>
internal readonly struct DeltaDensity : IDensity
{
    public static int Parameters => 1;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, v) = (arguments[0], arguments[1]);
        return Restricted.To(x.new_full([], 0), x.eq(v));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> v, Vector<T> none, Vector<T> neither)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Lanes.Inside(Vector.Equals(x, v), Vector<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> v, Vector<T> none, Vector<T> neither,
        out Vector<T> dx, out Vector<T> dv, out Vector<T> nothing, out Vector<T> alsoNothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        dx = dv = default;
        nothing = default;
        alsoNothing = default;
        return Lanes.Inside(Vector.Equals(x, v), Vector<T>.Zero);
    }
}
