using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, b) = −|x − μ|/b − ln b − ln 2.</summary>
internal readonly struct LaplaceDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, scale) = (arguments[0], arguments[1], arguments[2]);
        return -(x - mu).abs() / scale - scale.log() - Logs.Two;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> scale, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return -(Vector.Abs(x - mu) / scale) - Lanes.Log(scale) - Lanes.Of<T>(Logs.Two);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> scale, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dscale, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var r = Vector<T>.One / scale;
        var apart = x - mu;
        var z = Vector.Abs(apart) * r;
        dmu = Lanes.Where(Vector.GreaterThan(apart, Vector<T>.Zero), r, Lanes.Only(Vector.LessThan(apart, Vector<T>.Zero), -r));
        dx = -dmu;
        dscale = (z - Vector<T>.One) * r;
        nothing = default;
        return -z - Lanes.Log(scale) - Lanes.Of<T>(Logs.Two);
    }
}
