using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>ln p(x; p) = ln pₓ.</summary>
/// <typeparam name="TChoice">How x is given.</typeparam>
internal readonly struct CategoricalDensity<TChoice> : IRowDensity
    where TChoice : struct, IChoice
{
    public static bool IsIndex => TChoice.IsIndex;

    public static bool IsDifferentiable => false;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, ps) = (arguments[0], arguments[1]);
        var inside = TChoice.Inside(x, ps);
        // Chosen before the logarithm: where an outcome is certain, ln 0 of the others must not reach the gradient.
        var selected = TChoice.Selected(TChoice.IsIndex ? Restricted.Safe(x, inside, 0) : x, ps);
        return Restricted.To(Restricted.Safe(where(selected, ps, ps.new_zeros([])).sum(-1), inside, 1).log(), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> ps, Vector<T> number, Span<Vector<T>> dx, Span<Vector<T>> dps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = TChoice.Inside(x, ps.Length);
        Vector<T> chosen = default, outcome = default;
        for (var k = 0; k < ps.Length; k++, outcome += Vector<T>.One)
            chosen += Lanes.Only(TChoice.Is(x, k, outcome), ps[k]);
        var slope = Lanes.Only(inside, Vector<T>.One / chosen);
        outcome = default;
        for (var k = 0; k < dps.Length; k++, outcome += Vector<T>.One)
            dps[k] = Lanes.Only(TChoice.Is(x, k, outcome), slope);
        return Lanes.Inside(inside, Lanes.Log(chosen));
    }
}
