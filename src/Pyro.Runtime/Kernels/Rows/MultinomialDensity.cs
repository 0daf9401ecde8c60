using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>ln p(x; n, p) = ln n! + Σ (xₖ ln pₖ − ln xₖ!) for rows of integers from 0 that add up to n, where 0 ln 0 is 0.</summary>
internal readonly struct MultinomialDensity : IRowDensity
{
    public static bool IsIndex => false;

    public static bool IsDifferentiable => false;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, ps, n) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Counts(n).Check(x);
        var y = Restricted.Safe(x, inside.unsqueeze(-1), 0);
        var total = where(inside, n, n.new_zeros([]));
        // Of the parts of ln n! and ln xₖ! that are large, x ln n pₖ/xₖ is left.
        var some = y.gt(0);
        var ratio = total.unsqueeze(-1) * where(some, ps, ps.new_full([], 1)) / Restricted.Safe(y, some, 1);
        return Restricted.To((Stirling.Peak(y) + y * Restricted.Safe(ratio, some, 1).log()).sum(-1) - Stirling.Peak(total), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> ps, Vector<T> n, Span<Vector<T>> dx, Span<Vector<T>> dps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        var inside = Counts.Inside(x, n);
        var count = Lanes.Only(inside, n);
        var density = -GammaLanes.Peak(count, Lanes.Log(Vector.Max(count, one)), out _);
        Vector<T> rest = default;
        for (var k = 0; k < ps.Length; k++)
        {
            var y = Lanes.Only(inside, x[k]);
            var cell = Lanes.Where(Vector.GreaterThan(y, Vector<T>.Zero), y, one);
            Lanes.Add(ref density, ref rest, GammaLanes.Peak(y, Lanes.Log(cell), out _) + Lanes.Times(y, Lanes.Log(count * ps[k] / cell)));
            if (k < dps.Length)
                dps[k] = Lanes.Only(inside, Lanes.Times(x[k], one / ps[k]));
        }
        return Lanes.Inside(inside, density + Lanes.Only(Vector.LessThan(Vector.Abs(density), Lanes.Of<T>(double.PositiveInfinity)), rest));
    }
}
