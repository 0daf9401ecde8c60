using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; n, l) = ln of n over x − x ln(1 + e⁻ˡ) − (n − x) ln(1 + eˡ) for integers x from 0 to n, where l is the logarithm of the odds.</summary>
internal readonly struct BinomialLogitsDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, n, logits) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.IntegersUpTo(n).Check(x);
        var y = Restricted.Safe(x, inside, 0);
        return Restricted.To(Logs.Choose(n, y) - y * (-logits).softplus() - (n - y) * logits.softplus(), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> logits, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        return Lanes.Inside(inside, GammaLanes.Log(n + Vector<T>.One) - GammaLanes.Log(y + Vector<T>.One) - GammaLanes.Log(n - y + Vector<T>.One)
            - y * Lanes.Softplus(-logits) - (n - y) * Lanes.Softplus(logits));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> logits, Vector<T> none,
        out Vector<T> dx, out Vector<T> dn, out Vector<T> dlogits, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        var left = n - y;
        var ways = GammaLanes.Log(n + Vector<T>.One, out var slope) - GammaLanes.Log(y + Vector<T>.One, out var slopeOfY)
            - GammaLanes.Log(left + Vector<T>.One, out var slopeOfLeft);
        var cost = Lanes.Softplus(logits, out var p);
        dlogits = Lanes.Only(inside, y - n * p);
        dx = Lanes.Only(inside, slopeOfLeft - slopeOfY + logits);
        dn = Lanes.Only(inside, slope - slopeOfLeft - cost);
        nothing = default;
        return Lanes.Inside(inside, ways - y * (cost - logits) - left * cost);
    }
}
