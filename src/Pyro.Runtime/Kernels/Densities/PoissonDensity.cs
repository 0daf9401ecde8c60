using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; λ) = x ln λ − λ − ln x! for integers x from 0, where 0 ln 0 is 0: the peak of x less the deviance of x from λ.
/// </summary>
internal readonly struct PoissonDensity : IDensity
{
    public static int Parameters => 1;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, lam) = (arguments[0], arguments[1]);
        var inside = Constraints.NonNegativeInteger.Check(x);
        var y = Restricted.Safe(x, inside, 0);
        return Restricted.To(Stirling.Peak(y) - Stirling.Deviance(y, lam, lam - y), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> lam, Vector<T> none, Vector<T> neither)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, lam, none, neither, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> lam, Vector<T> none, Vector<T> neither,
        out Vector<T> dx, out Vector<T> dlam, out Vector<T> nothing, out Vector<T> alsoNothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x);
        var y = Lanes.Only(inside, x);
        var some = Vector.GreaterThan(y, Vector<T>.Zero);
        var cell = Lanes.Where(some, y, Vector<T>.One);
        var peak = GammaLanes.Peak(y, Lanes.Log(cell), out var slope);
        var deviance = Lanes.Deviance(cell, lam, lam - cell, out var log);
        dx = Lanes.Only(inside, Lanes.Only(some, log) + slope);
        dlam = Lanes.Only(inside, Lanes.Times(y, Vector<T>.One / lam) - Vector<T>.One);
        nothing = default;
        alsoNothing = default;
        return Lanes.Inside(inside, Lanes.Where(some, peak - deviance, -lam));
    }
}
