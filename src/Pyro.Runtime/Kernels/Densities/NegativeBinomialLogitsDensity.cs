using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; r, l) = ln Γ(x + r) − ln Γ(r) − ln x! − r ln(1 + eˡ) − x ln(1 + e⁻ˡ) for integers x from 0, where l is the logarithm of the odds.
/// </summary>
internal readonly struct NegativeBinomialLogitsDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, r, logits) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.NonNegativeInteger.Check(x);
        var y = Restricted.Safe(x, inside, 0);
        var some = y.gt(0);
        var odds = FarOdds.Near(logits);
        var cell = Restricted.Safe(y, some, 1);
        var terms = NegativeBinomialTerms.Of(cell, r, odds.sigmoid(), (-odds).sigmoid()) + FarOdds.Rest(logits, cell, r);
        return Restricted.To(where(some, terms, -r * Logs.Softplus(logits)), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> r, Vector<T> logits, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, r, logits, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> r, Vector<T> logits, Vector<T> none,
        out Vector<T> dx, out Vector<T> dr, out Vector<T> dlogits, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Lanes.Counts(x);
        var y = Lanes.Only(inside, x);
        var some = Vector.GreaterThan(y, Vector<T>.Zero);
        Lanes.Odds(logits, out var p, out var q, out var logP, out var logQ);
        var apart = r * p - y * q;
        var least = FarOdds.Least<T>();
        var terms = NegativeBinomialTerms.Of(y, r, Vector.Max(p, least), Vector.Max(q, least), apart, out dx, out dr);
        var (above, below) = (FarOdds.Rest(logits), FarOdds.Rest(-logits));
        dx = Lanes.Only(inside, dx - below);
        dr = Lanes.Only(inside, Lanes.Where(some, dr - above, logQ));
        dlogits = Lanes.Only(inside, -apart);
        nothing = default;
        return Lanes.Inside(inside, Lanes.Where(some, terms - r * above - y * below, r * logQ));
    }
}
