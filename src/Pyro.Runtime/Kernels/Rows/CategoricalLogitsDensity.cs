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
        return Restricted.To(where(selected, logits.log_softmax(-1), logits.new_zeros([])).sum(-1), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> logits, Vector<T> number, Span<Vector<T>> dx, Span<Vector<T>> dlogits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = TChoice.Inside(x, logits.Length);
        var total = Softmax.Of(logits, dlogits, out var share);
        Vector<T> chosen = default, outcome = default;
        var (one, part) = (Lanes.Only(inside, Vector<T>.One), Lanes.Only(inside, share));
        for (var k = 0; k < logits.Length; k++, outcome += Vector<T>.One)
        {
            var selected = TChoice.Is(x, k, outcome);
            chosen += Lanes.Only(selected, logits[k]);
            if (k < dlogits.Length)
                dlogits[k] = Lanes.Only(selected, one) - dlogits[k] * part;
        }
        return Lanes.Inside(inside, chosen - total);
    }
}
