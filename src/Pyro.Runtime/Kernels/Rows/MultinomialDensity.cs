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
        return Restricted.To((n + 1).lgamma() - (y + 1).lgamma().sum(-1) + Logs.Power(ps, y).sum(-1), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> ps, Vector<T> n, Span<Vector<T>> dx, Span<Vector<T>> dps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Counts.Inside(x, n);
        var density = Counts.Ways(x, n);
        for (var k = 0; k < ps.Length; k++)
            density += Lanes.Times(x[k], Lanes.Log(ps[k]));
        for (var k = 0; k < dps.Length; k++)
            dps[k] = Lanes.Only(inside, Lanes.Times(x[k], Vector<T>.One / ps[k]));
        return Lanes.Inside(inside, density);
    }
}
