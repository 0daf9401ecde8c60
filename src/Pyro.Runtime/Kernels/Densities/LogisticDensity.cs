using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, s) = −|z| − 2 ln(1 + e^−|z|) − ln s with z = (x − μ)/s.</summary>
internal readonly struct LogisticDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, s) = (arguments[0], arguments[1], arguments[2]);
        return Logs.Logistic((x - mu) / s) - s.log();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> s, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, mu, s, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> s, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> ds, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var r = Vector<T>.One / s;
        var z = (x - mu) * r;
        var size = Vector.Abs(z);
        var less = Lanes.Expm1(-size);
        var small = less + Vector<T>.One;
        // tanh ½|z|, to the last digit where z is small.
        var slope = -less / (Vector<T>.One + small);
        dmu = (slope ^ (z & Lanes.Sign<T>())) * r;
        dx = -dmu;
        ds = (size * slope - Vector<T>.One) * r;
        nothing = default;
        return -size - Lanes.Of<T>(2) * Lanes.Log1p(small) - Lanes.Log(s);
    }
}
