using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>ln p(x; α) = Σ ((αₖ − 1) ln xₖ − ln Γ(αₖ)) + ln Γ(Σ αₖ) for rows of numbers from 0 that add up to 1, where 0 ln 0 is 0.</summary>
internal readonly struct DirichletDensity : IRowDensity
{
    public static bool IsIndex => false;

    public static bool IsDifferentiable => true;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha) = (arguments[0], arguments[1]);
        // A part of 0 that is impossible outweighs the poles of others.
        var inside = Constraints.Simplex.Check(x).logical_and(x.eq(0).logical_and(alpha.gt(1)).any(-1).logical_not());
        var y = Restricted.Safe(x, inside.unsqueeze(-1), 0.5);
        return Restricted.To(Logs.Power(y, alpha - 1).sum(-1) + alpha.sum(-1).lgamma() - alpha.lgamma().sum(-1), inside);
    }

    public static Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> alpha, Vector<T> number, Span<Vector<T>> dx, Span<Vector<T>> dalpha)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<T> inside = Vector<T>.AllBitsSet, sum = default, total = default;
        for (var k = 0; k < alpha.Length; k++)
        {
            // A part of 0 that is impossible outweighs the poles of others.
            inside &= Vector.GreaterThan(x[k], Vector<T>.Zero) | (Vector.Equals(x[k], Vector<T>.Zero) & Vector.LessThanOrEqual(alpha[k], Vector<T>.One));
            sum += x[k];
            total += alpha[k];
        }
        inside &= Vector.LessThanOrEqual(Vector.Abs(sum - Vector<T>.One), Lanes.Of<T>(SimplexConstraint.Tolerance));
        var density = GammaLanes.Log(total, out var slope);
        for (var k = 0; k < alpha.Length; k++)
        {
            var y = Lanes.Where(inside, x[k], Lanes.Of<T>(0.5));
            var log = Lanes.Log(y);
            density += Lanes.Times(alpha[k] - Vector<T>.One, log) - GammaLanes.Log(alpha[k], out var own);
            if (k < dx.Length)
                dx[k] = Lanes.Only(inside, Lanes.Times(alpha[k] - Vector<T>.One, Vector<T>.One / y));
            if (k < dalpha.Length)
                dalpha[k] = Lanes.Only(inside, slope - own + Lanes.Only(Vector.GreaterThan(y, Vector<T>.Zero), log));
        }
        return Lanes.Inside(inside, density);
    }
}
