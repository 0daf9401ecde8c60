using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, γ) = ln 2 − ln(1 + z²) − ln γ − ln π with z = (x − μ)/γ, for x ≥ μ.</summary>
internal readonly struct HalfCauchyDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, gamma) = (arguments[0], arguments[1], arguments[2]);
        return Restricted.To(CauchyDensity.Operations(arguments) + Logs.Two, x.ge(mu));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> gamma, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Lanes.Inside(Vector.GreaterThanOrEqual(x, mu), CauchyDensity.Value(x, mu, gamma, none) + Lanes.Of<T>(Logs.Two));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> gamma, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dgamma, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThanOrEqual(x, mu);
        var density = CauchyDensity.Value(x, mu, gamma, none, out dx, out dmu, out dgamma, out _);
        dx = Lanes.Only(inside, dx);
        dmu = Lanes.Only(inside, dmu);
        dgamma = Lanes.Only(inside, dgamma);
        nothing = default;
        return Lanes.Inside(inside, density + Lanes.Of<T>(Logs.Two));
    }
}
