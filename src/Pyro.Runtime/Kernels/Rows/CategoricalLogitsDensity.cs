using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>ln p(x; l) = lₓ − ln Σ exp lₖ.</summary>
/// <typeparam name="TChoice">How x is given.</typeparam>
internal readonly struct CategoricalLogitsDensity<TChoice> : IRowDensity
    where TChoice : struct, IChoice
{
    public static bool IsIndex => TChoice.IsIndex;

    public static bool IsDifferentiable => false;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, logits) = (arguments[0], arguments[1]);
        var inside = TChoice.Inside(x, logits);
        var selected = TChoice.Selected(TChoice.IsIndex ? Restricted.Safe(x, inside, 0) : x, logits);
        // The distance from the chosen one has no gradient at that one itself: then that of a nearly certain outcome is what the others leave.
        var chosen = where(selected, logits, logits.new_zeros([])).sum(-1, keepdim: true);
        var possible = chosen.isneginf().logical_not();
        var distance = where(selected, logits.new_zeros([]), logits - where(possible, chosen, chosen.new_zeros([])));
        return Restricted.To(-distance.logsumexp(-1), inside.logical_and(possible.squeeze(-1)));
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> logits, Vector<T> number, Span<Vector<T>> dx, Span<Vector<T>> dlogits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = TChoice.Inside(x, logits.Length);
        // NaN may be passed over here: it comes back with its own power.
        var largest = logits[0];
        foreach (var column in logits[1..])
            largest = Vector.MaxNative(largest, column);
        Vector<T> others = default, chosen = default, outcome = default;
        for (var k = 0; k < logits.Length; k++, outcome += Vector<T>.One)
        {
            var selected = TChoice.Is(x, k, outcome);
            var other = Vector.AndNot(Lanes.ExpOfNegative(logits[k] - largest), selected);
            chosen += Lanes.Only(selected, logits[k]);
            others += other;
            if (k < dlogits.Length)
                dlogits[k] = other;
        }
        var sum = others + Lanes.ExpOfNegative(chosen - largest);
        if (!dlogits.IsEmpty)
        {
            // 1 − pₓ is what the others leave: of a nearly certain outcome nothing would be left otherwise.
            var share = Lanes.Only(inside, Vector<T>.One / sum);
            others *= share;
            share = -share;
            outcome = default;
            for (var k = 0; k < dlogits.Length; k++, outcome += Vector<T>.One)
                dlogits[k] = Lanes.Where(TChoice.Is(x, k, outcome), others, share * dlogits[k]);
        }
        return Lanes.Inside(inside, chosen - (largest + Lanes.Log(sum)));
    }
}
