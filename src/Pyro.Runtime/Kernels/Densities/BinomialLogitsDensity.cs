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
        var left = Restricted.Safe(n - y, inside, 0);
        var some = y.gt(0).logical_and(left.gt(0));
        var powers = -y * Logs.Softplus(-logits) - left * Logs.Softplus(logits);
        var odds = FarOdds.Near(logits);
        var terms = BinomialTerms.Of(y, left, n, odds.sigmoid(), (-odds).sigmoid()) + FarOdds.Rest(logits, y, left);
        return Restricted.To(where(some, terms, powers), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> logits, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, n, logits, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> n, Vector<T> logits, Vector<T> none,
        out Vector<T> dx, out Vector<T> dn, out Vector<T> dlogits, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x) & Vector.LessThanOrEqual(x, n);
        var y = Lanes.Only(inside, x);
        var left = Lanes.Only(inside, n - y);
        Lanes.Odds(logits, out var p, out var q, out var logP, out var logQ);
        var apart = left * p - y * q;
        var least = FarOdds.Least<T>();
        var terms = BinomialTerms.Of(y, left, n, Vector.Max(p, least), Vector.Max(q, least), apart, out dx, out dn);
        var (above, below) = (FarOdds.Rest(logits), FarOdds.Rest(-logits));
        dlogits = Lanes.Only(inside, -apart);
        dx = Lanes.Only(inside, dx + above - below);
        dn = Lanes.Only(inside, dn - above);
        nothing = default;
        var edge = Vector.Equals(y, Vector<T>.Zero) | Vector.Equals(left, Vector<T>.Zero);
        return Lanes.Inside(inside, Lanes.Where(edge, Lanes.Times(y, logP) + Lanes.Times(left, logQ), terms - left * above - y * below));
    }
}
