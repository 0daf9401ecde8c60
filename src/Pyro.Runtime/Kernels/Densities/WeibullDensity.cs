using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; λ, k) = ln k − ln x + u − eᵘ with u = k ln x/λ, for x > 0.</summary>
internal readonly struct WeibullDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, lam, k) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Positive.Check(x);
        var y = where(inside, x, lam);
        return Restricted.To(k.log() - y.log() - 1 - Logs.ExpRest(k * Logs.Ratio(y, lam)), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> lam, Vector<T> k, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, lam, k, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> lam, Vector<T> k, Vector<T> none,
        out Vector<T> dx, out Vector<T> dlam, out Vector<T> dk, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var inside = Vector.GreaterThan(x, Vector<T>.Zero) & Vector.LessThan(x, Lanes.Of<T>(double.PositiveInfinity));
        var y = Lanes.Where(inside, x, lam);
        var log = Lanes.Log(y);
        var apart = (y - lam) / lam;
        var near = Vector.LessThan(Vector.Abs(apart), Lanes.Of<T>(0.3));
        var ratio = Lanes.Where(near, Lanes.Log1p(Lanes.Only(near, apart)), log - Lanes.Log(lam));
        var u = k * ratio;
        var slope = Lanes.Expm1(u);
        dx = Lanes.Only(inside, -(one + k * slope) / y);
        dlam = Lanes.Only(inside, k * slope / lam);
        dk = Lanes.Only(inside, one / k - Lanes.Times(ratio, slope));
        nothing = default;
        return Lanes.Inside(inside, Lanes.Log(k) - log + (u - slope - one));
    }
}
