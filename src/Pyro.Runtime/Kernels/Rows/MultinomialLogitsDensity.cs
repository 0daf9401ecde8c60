using System.Numerics;
using Pyro.Distributions;
using Pyro.Kernels.Densities;
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
        var total = where(inside, n, n.new_zeros([])).unsqueeze(-1);
        var (log, mean) = (logits.log_softmax(-1), total * logits.softmax(-1));
        var some = y.gt(0);
        var far = some.logical_and(log.lt(FarOdds.Lowest(logits)));
        var cell = Restricted.Safe(y, some, 1);
        var near = some.logical_and(far.logical_not());
        // Where a probability is too small a number, its logarithm stands for it.
        var power = y + y * (Restricted.Safe(total, some, 1).log() - cell.log() + where(far, log, log.new_zeros([])));
        var deviance = Stirling.Deviance(cell, where(near, mean, cell), where(near, mean - cell, mean.new_zeros([])));
        var terms = Stirling.Peak(y) + where(far, power, where(near, -deviance, -mean));
        return Restricted.To(terms.sum(-1) - Stirling.Peak(total).squeeze(-1), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> logits, Vector<T> n, Span<Vector<T>> dx, Span<Vector<T>> dlogits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (one, zero) = (Vector<T>.One, Vector<T>.Zero);
        var inside = Counts.Inside(x, n);
        var count = Lanes.Only(inside, n);
        var total = Softmax.Of(logits, dlogits, out var share, out var largest);
        var logCount = Lanes.Log(Vector.Max(count, one));
        var density = -GammaLanes.Peak(count, logCount, out _);
        Vector<T> rest = default, others = default, most = default;
        for (var k = 0; k < logits.Length; k++)
        {
            var y = Lanes.Only(inside, x[k]);
            var some = Vector.GreaterThan(y, zero);
            var cell = Lanes.Where(some, y, one);
            var logCell = Lanes.Log(cell);
            var p = share * (k < dlogits.Length ? dlogits[k] : Lanes.ExpOfNegative(logits[k] - largest));
            var mean = count * p;
            var deviance = Lanes.Deviance(cell, mean, mean - cell, out _);
            // Where a probability is too small a number, its logarithm stands for it.
            var log = logits[k] - total;
            var power = y + Lanes.Times(y, logCount - logCell + log);
            var far = some & Vector.LessThan(log, Lanes.Of<T>(FarOdds.Lowest<T>()));
            var term = Lanes.Where(far, power, Lanes.Where(some, -deviance, -mean));
            Lanes.Add(ref density, ref rest, GammaLanes.Peak(y, logCell, out _) + term);
            if (k >= dlogits.Length)
                continue;
            var slope = y - mean;
            var top = Vector.Equals(logits[k], largest);
            dlogits[k] = slope;
            others += Lanes.Where(top, zero, slope);
            most += Lanes.Only(top, one);
        }
        // The derivatives add up to 0: that of the likeliest outcome, which may be certain nearly, is what the others leave.
        var single = Vector.Equals(most, one);
        for (var k = 0; k < dlogits.Length; k++)
            dlogits[k] = Lanes.Where(single & Vector.Equals(logits[k], largest), -others, dlogits[k]);
        return Lanes.Inside(inside, density + Lanes.Only(Vector.LessThan(Vector.Abs(density), Lanes.Of<T>(double.PositiveInfinity)), rest));
    }
}
