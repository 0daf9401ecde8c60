using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; α, β) = α ln β − ln Γ(α) − (α + 1) ln x − β/x for x > 0: with m = β/x, the peak of α less the deviance of α from m, and 2 ln α − ln β + ln m/α.
/// </summary>
internal readonly struct InverseGammaDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha, beta) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Positive.Check(x);
        var y = Restricted.Safe(x, inside, 1);
        var mean = beta / y;
        return Restricted.To(Stirling.Peak(alpha) - Stirling.Deviance(alpha, mean, mean - alpha, beta.log() - y.log()) + alpha.log() - y.log(), inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, alpha, beta, none, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none,
        out Vector<T> dx, out Vector<T> dalpha, out Vector<T> dbeta, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThan(x, Vector<T>.Zero) & Vector.LessThan(x, Lanes.Of<T>(double.PositiveInfinity));
        var y = Lanes.Where(inside, x, Vector<T>.One);
        var r = Vector<T>.One / y;
        var ln = Lanes.Log(alpha);
        var peak = GammaLanes.Peak(alpha, ln, out var slope);
        var deviance = Lanes.DevianceOfProduct(alpha, beta, r, out var log);
        dx = Lanes.Only(inside, (beta * r - alpha - Vector<T>.One) * r);
        dalpha = Lanes.Only(inside, log + slope + Vector<T>.One / alpha);
        dbeta = Lanes.Only(inside, alpha / beta - r);
        nothing = default;
        return Lanes.Inside(inside, peak - deviance + log + (ln + ln - Lanes.Log(beta)));
    }
}
