using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; α, β) = α ln β − ln Γ(α) + (α − 1) ln x − βx for x > 0: with m = βx, the peak of α less the deviance of α from m, less ln x.
/// </summary>
internal readonly struct GammaDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha, beta) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Positive.Check(x);
        var y = Restricted.Safe(x, inside, 1);
        var mean = beta * y;
        return Restricted.To(Stirling.Peak(alpha) - Stirling.Deviance(alpha, mean, mean - alpha, beta.log() + y.log()) + alpha.log() - y.log(), inside);
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
        var peak = GammaLanes.Peak(alpha, Lanes.Log(alpha), out var slope);
        var deviance = Lanes.DevianceOfProduct(alpha, beta, y, out var log);
        dx = Lanes.Only(inside, (alpha - Vector<T>.One) / y - beta);
        dalpha = Lanes.Only(inside, log + slope + Vector<T>.One / alpha);
        dbeta = Lanes.Only(inside, alpha / beta - y);
        nothing = default;
        return Lanes.Inside(inside, peak - deviance - log + Lanes.Log(beta));
    }
}
