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
        Vector<T> chosen = default;
        for (var k = 0; k < ps.Length; k++)
            chosen += Lanes.Only(TChoice.Is(x, k), ps[k]);
        for (var k = 0; k < dps.Length; k++)
            dps[k] = Lanes.Only(inside & TChoice.Is(x, k), Vector<T>.One / chosen);
        return Lanes.Inside(inside, Lanes.Log(chosen));
    }
}
