using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; α, β) = α ln β − ln Γ(α) + (α − 1) ln x − βx for x > 0.</summary>
internal readonly struct GammaDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, alpha, beta) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Positive.Check(x);
        var y = Restricted.Safe(x, inside, 1);
        return Restricted.To(alpha * beta.log() - alpha.lgamma() + (alpha - 1) * y.log() - beta * y, inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThan(x, Vector<T>.Zero) & Vector.LessThan(x, Lanes.Of<T>(double.PositiveInfinity));
        var y = Lanes.Where(inside, x, Vector<T>.One);
        return Lanes.Inside(inside, alpha * Lanes.Log(beta) - GammaLanes.Log(alpha) + (alpha - Vector<T>.One) * Lanes.Log(y) - beta * y);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> alpha, Vector<T> beta, Vector<T> none,
        out Vector<T> dx, out Vector<T> dalpha, out Vector<T> dbeta, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThan(x, Vector<T>.Zero) & Vector.LessThan(x, Lanes.Of<T>(double.PositiveInfinity));
        var y = Lanes.Where(inside, x, Vector<T>.One);
        var (rate, log) = (Lanes.Log(beta), Lanes.Log(y));
        var gamma = GammaLanes.Log(alpha, out var slope);
        dx = Lanes.Only(inside, (alpha - Vector<T>.One) / y - beta);
        dalpha = Lanes.Only(inside, rate + log - slope);
        dbeta = Lanes.Only(inside, alpha / beta - y);
        nothing = default;
        return Lanes.Inside(inside, alpha * rate - gamma + (alpha - Vector<T>.One) * log - beta * y);
    }
}
