using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; σ) = −½(x/σ)² − ln σ − ½ ln 2π + ln 2 for x ≥ 0.</summary>
internal readonly struct HalfNormalDensity : IDensity
{
    public static int Parameters => 1;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, sigma) = (arguments[0], arguments[1]);
        return Restricted.To((x / sigma).square() * -0.5 - sigma.log() - (Logs.HalfTwoPi - Logs.Two), x.ge(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> sigma, Vector<T> none, Vector<T> neither)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var z = x / sigma;
        return Lanes.Inside(Support(x), z * z * Lanes.Of<T>(-0.5) - Lanes.Log(sigma) - Lanes.Of<T>(Logs.HalfTwoPi - Logs.Two));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> sigma, Vector<T> none, Vector<T> neither,
        out Vector<T> dx, out Vector<T> dsigma, out Vector<T> nothing, out Vector<T> alsoNothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Support(x);
        var r = Vector<T>.One / sigma;
        var z = x * r;
        dx = Lanes.Only(inside, -z * r);
        dsigma = Lanes.Only(inside, (z * z - Vector<T>.One) * r);
        nothing = default;
        alsoNothing = default;
        return Lanes.Inside(inside, z * z * Lanes.Of<T>(-0.5) - Lanes.Log(sigma) - Lanes.Of<T>(Logs.HalfTwoPi - Logs.Two));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Support<T>(Vector<T> x)
        where T : unmanaged => Vector.GreaterThanOrEqual(x, Vector<T>.Zero);
}
