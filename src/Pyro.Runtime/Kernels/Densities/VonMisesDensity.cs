using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, κ) = −2κ sin² ½(x − μ) − ln 2π − (ln I₀(κ) − κ) for angles x from −π to π.</summary>
internal readonly struct VonMisesDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, kappa) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Circle.Check(x);
        var z = (Restricted.Safe(x, inside, 0) - mu) / 2;
        return Restricted.To(-2 * kappa * z.sin().square() - Bessel.Log(kappa) - Logs.TwoPi, inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> kappa, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, mu, kappa, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> kappa, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dkappa, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var end = Lanes.Of<T>(Math.PI);
        var inside = Vector.LessThanOrEqual(Vector.Abs(x), end);
        var z = (Lanes.Only(inside, x) - mu) * Lanes.Of<T>(0.5);
        var (sine, cosine) = SinCos(z);
        var height = Lanes.Of<T>(2) * sine * sine;
        var log = BesselLanes.Log(kappa, out var lag);
        dmu = Lanes.Only(inside, Lanes.Of<T>(2) * kappa * sine * cosine);
        dx = -dmu;
        dkappa = Lanes.Only(inside, lag - height);
        nothing = default;
        return Lanes.Inside(inside, -kappa * height - log - Lanes.Of<T>(Logs.TwoPi));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<T> Sine, Vector<T> Cosine) SinCos<T>(Vector<T> z)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return (Vector.Sin(z.As<T, float>()).As<float, T>(), Vector.Cos(z.As<T, float>()).As<float, T>());
        return (Vector.Sin(z.As<T, double>()).As<double, T>(), Vector.Cos(z.As<T, double>()).As<double, T>());
    }
}
