using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, γ) = −ln(1 + z²) − ln γ − ln π with z = (x − μ)/γ.</summary>
internal readonly struct CauchyDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, gamma) = (arguments[0], arguments[1], arguments[2]);
        return -Logs.OneAndSquare((x - mu) / gamma) - gamma.log() - Logs.Pi;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> gamma, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var z = (x - mu) / gamma;
        return -Squares.Log1p(z, Squares.AreFar(z)) - Lanes.Log(gamma) - Lanes.Of<T>(Logs.Pi);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> gamma, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dgamma, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var r = Vector<T>.One / gamma;
        var z = (x - mu) * r;
        var far = Squares.AreFar(z);
        var two = Lanes.Of<T>(2);
        var slope = two * Squares.HalfSlope(z, far);
        dmu = slope * r;
        dx = -dmu;
        dgamma = (Lanes.Where(far, two, slope * z) - Vector<T>.One) * r;
        nothing = default;
        return -Squares.Log1p(z, far) - Lanes.Log(gamma) - Lanes.Of<T>(Logs.Pi);
    }
}
