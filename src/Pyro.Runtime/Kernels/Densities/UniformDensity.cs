using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; a, b) = −ln(b − a) for x from a to b.</summary>
internal readonly struct UniformDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, a, b) = (arguments[0], arguments[1], arguments[2]);
        return Restricted.To(-(b - a).log(), x.ge(a).logical_and(x.le(b)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Lanes.Inside(Support(x, a, b), -Lanes.Log(b - a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b, Vector<T> none,
        out Vector<T> dx, out Vector<T> da, out Vector<T> db, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Support(x, a, b);
        da = Lanes.Only(inside, Vector<T>.One / (b - a));
        db = -da;
        dx = default;
        nothing = default;
        return Lanes.Inside(inside, -Lanes.Log(b - a));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Support<T>(Vector<T> x, Vector<T> a, Vector<T> b)
        where T : unmanaged => Vector.GreaterThanOrEqual(x, a) & Vector.LessThanOrEqual(x, b);
}
