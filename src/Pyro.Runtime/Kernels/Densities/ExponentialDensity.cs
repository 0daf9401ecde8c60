using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; λ) = ln λ − λx for x ≥ 0.</summary>
internal readonly struct ExponentialDensity : IDensity
{
    public static int Parameters => 1;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, lam) = (arguments[0], arguments[1]);
        return Restricted.To(lam.log() - lam * x, x.ge(0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> lam, Vector<T> none, Vector<T> neither)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Lanes.Inside(Vector.GreaterThanOrEqual(x, Vector<T>.Zero), Lanes.Log(lam) - lam * x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> lam, Vector<T> none, Vector<T> neither,
        out Vector<T> dx, out Vector<T> dlam, out Vector<T> nothing, out Vector<T> alsoNothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThanOrEqual(x, Vector<T>.Zero);
        dx = Lanes.Only(inside, -lam);
        dlam = Lanes.Only(inside, Vector<T>.One / lam - x);
        nothing = default;
        alsoNothing = default;
        return Lanes.Inside(inside, Lanes.Log(lam) - lam * x);
    }
}
