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
    public static void Gradient<T>(Vector<T> x, Vector<T> n, Vector<T> logits, Vector<T> none, Wanted wanted,
        out Vector<T> dx, out Vector<T> dn, out Vector<T> dlogits, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        dlogits = Lanes.Only(inside, y * Lanes.Sigmoid(-logits) - (n - y) * Lanes.Sigmoid(logits));
        if ((wanted & (Wanted.X | Wanted.A)) == 0)
        {
            dx = dn = default;
        }
        else
        {
            var rest = GammaLanes.Digamma(n - y + Vector<T>.One);
            dx = Lanes.Only(inside, rest - GammaLanes.Digamma(y + Vector<T>.One) + logits);
            dn = Lanes.Only(inside, GammaLanes.Digamma(n + Vector<T>.One) - rest - Lanes.Softplus(logits));
        }
        nothing = default;
    }
}
