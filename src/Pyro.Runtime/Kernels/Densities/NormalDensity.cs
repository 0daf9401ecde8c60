using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, σ) = −½z² − ln σ − ½ ln 2π with z = (x − μ)/σ.</summary>
internal readonly struct NormalDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, sigma) = (arguments[0], arguments[1], arguments[2]);
        return ((x - mu) / sigma).square() * -0.5 - sigma.log() - Logs.HalfTwoPi;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> sigma, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var z = (x - mu) / sigma;
        return z * z * Lanes.Of<T>(-0.5) - Lanes.Log(sigma) - Lanes.Of<T>(Logs.HalfTwoPi);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> sigma, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dsigma, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var r = Vector<T>.One / sigma;
        var z = (x - mu) * r;
        dmu = z * r;
        dx = -dmu;
        dsigma = z * dmu - r;
        nothing = default;
        return z * z * Lanes.Of<T>(-0.5) - Lanes.Log(sigma) - Lanes.Of<T>(Logs.HalfTwoPi);
    }
}
