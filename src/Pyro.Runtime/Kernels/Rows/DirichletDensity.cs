using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>
/// ln p(x; α) = Σ ((αₖ − 1) ln xₖ − ln Γ(αₖ)) + ln Γ(Σ αₖ) for rows of numbers from 0 that add up to 1, where 0 ln 0 is 0: with n = Σ αₖ, peaks of n and each αₖ,
/// and the deviance of each αₖ from n xₖ. Where rounding makes the parts add up to 1 + e, n e is what the deviances leave out.
/// </summary>
internal readonly struct DirichletDensity : IRowDensity
{
    public static bool IsIndex => false;

    public static bool IsDifferentiable => true;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha) = (arguments[0], arguments[1]);
        // A part of 0 that is impossible outweighs the poles of others.
        var inside = Constraints.Simplex.Check(x).logical_and(x.eq(0).logical_and(alpha.gt(1)).any(-1).logical_not());
        var y = Restricted.Safe(x, inside.unsqueeze(-1), 1.0 / x.Sizes()[^1]);
        var total = alpha.sum(-1, keepdim: true);
        var open = y.gt(0);
        var part = Restricted.Safe(y, open, 1);
        // (αₖ − 1) ln 0 is ∞ below 1, and 0 at 1.
        var pole = where(open.logical_or(alpha.eq(1)), alpha.new_zeros([]), alpha.new_full([], double.PositiveInfinity));
        var terms = Stirling.Peak(alpha) + alpha * (total * part / alpha).log() + alpha.log() - part.log() + pole;
        return Restricted.To(terms.sum(-1) - (Stirling.Peak(total) + total.log()).squeeze(-1), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> alpha, Vector<T> number, Span<Vector<T>> dx, Span<Vector<T>> dalpha)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var one = Vector<T>.One;
        Vector<T> inside = Vector<T>.AllBitsSet, sum = -one, lost = default, total = default, lostOfTotal = default;
        for (var k = 0; k < alpha.Length; k++)
        {
            // A part of 0 that is impossible outweighs the poles of others.
            inside &= Vector.GreaterThan(x[k], Vector<T>.Zero) | (Vector.Equals(x[k], Vector<T>.Zero) & Vector.LessThanOrEqual(alpha[k], one));
            Lanes.Add(ref sum, ref lost, x[k]);
            Lanes.Add(ref total, ref lostOfTotal, alpha[k]);
        }
        sum += lost;
        total += lostOfTotal;
        inside &= Vector.LessThanOrEqual(Vector.Abs(sum), Lanes.Of<T>(SimplexConstraint.Tolerance(x.Length, typeof(T) == typeof(float))));
        var logTotal = Lanes.Log(total);
        var density = (logTotal * Lanes.Of<T>(alpha.Length - 1)) - GammaLanes.Peak(total, logTotal, out var slope);
        Vector<T> rest = default;
        slope += one / total;
        for (var k = 0; k < alpha.Length; k++)
        {
            var y = Lanes.Where(inside, x[k], Lanes.Of<T>(0.5));
            var none = Vector.Equals(y, Vector<T>.Zero);
            var mean = total * Lanes.Where(none, one, y);
            var peak = GammaLanes.Peak(alpha[k], Lanes.Log(alpha[k]), out var own);
            var deviance = Lanes.Deviance(alpha[k], mean, mean - alpha[k], out var log);
            // (αₖ − 1) ln 0 is ∞ below 1, and 0 at 1.
            var edge = Lanes.Where(Vector.LessThan(alpha[k], one), Lanes.Of<T>(double.PositiveInfinity), (alpha[k] - one) * log + alpha[k]);
            Lanes.Add(ref density, ref rest, peak + Lanes.Where(none, edge, -deviance - log));
            if (k < dx.Length)
                dx[k] = Lanes.Only(inside, Lanes.Times(alpha[k] - one, one / y));
            if (k < dalpha.Length)
                dalpha[k] = Lanes.Only(inside, log + (own + one / alpha[k] - slope));
        }
        // An infinite term has no rest.
        return Lanes.Inside(inside, density + Lanes.Only(Vector.LessThan(Vector.Abs(density), Lanes.Of<T>(double.PositiveInfinity)), rest) + total * sum);
    }
}
