using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>ln p(x; n, l) = ln n! + Σ (xₖ lₖ − ln xₖ!) − n ln Σ exp lₖ for rows of integers from 0 that add up to n.</summary>
internal readonly struct MultinomialLogitsDensity : IRowDensity
{
    public static bool IsIndex => false;

    public static bool IsDifferentiable => false;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, logits, n) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Counts(n).Check(x);
        var y = Restricted.Safe(x, inside.unsqueeze(-1), 0);
        return Restricted.To((n + 1).lgamma() - (y + 1).lgamma().sum(-1) + (y * logits.log_softmax(-1)).sum(-1), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> logits, Vector<T> n, Span<Vector<T>> dx, Span<Vector<T>> dlogits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Counts.Inside(x, n);
        var density = Counts.Ways(x, n) - n * Softmax.Of(logits, dlogits, out var share);
        for (var k = 0; k < logits.Length; k++)
            density += Lanes.Times(x[k], logits[k]);
        for (var k = 0; k < dlogits.Length; k++)
            dlogits[k] = Lanes.Only(inside, x[k] - n * (dlogits[k] * share));
        return Lanes.Inside(inside, density);
    }
}
