using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; μ, σ) = −½z² − ln σ − ½ ln 2π − ln x with z = (ln x − μ)/σ, for x > 0.</summary>
internal readonly struct LogNormalDensity : IDensity
{
    public static int Parameters => 2;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, mu, sigma) = (arguments[0], arguments[1], arguments[2]);
        var inside = Constraints.Positive.Check(x);
        var log = Restricted.Safe(x, inside, 1).log();
        return Restricted.To(((log - mu) / sigma).square() * -0.5 - sigma.log() - Logs.HalfTwoPi - log, inside);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> sigma, Vector<T> none)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThan(x, Vector<T>.Zero) & Vector.LessThan(x, Lanes.Of<T>(double.PositiveInfinity));
        var log = Lanes.Log(Lanes.Where(inside, x, Vector<T>.One));
        var z = (log - mu) / sigma;
        return Lanes.Inside(inside, z * z * Lanes.Of<T>(-0.5) - Lanes.Log(sigma) - Lanes.Of<T>(Logs.HalfTwoPi) - log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> mu, Vector<T> sigma, Vector<T> none,
        out Vector<T> dx, out Vector<T> dmu, out Vector<T> dsigma, out Vector<T> nothing)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var inside = Vector.GreaterThan(x, Vector<T>.Zero) & Vector.LessThan(x, Lanes.Of<T>(double.PositiveInfinity));
        var y = Lanes.Where(inside, x, Vector<T>.One);
        var log = Lanes.Log(y);
        var r = Vector<T>.One / sigma;
        var z = (log - mu) * r;
        dmu = Lanes.Only(inside, z * r);
        dx = Lanes.Only(inside, -(z * r + Vector<T>.One) / y);
        dsigma = Lanes.Only(inside, (z * z - Vector<T>.One) * r);
        nothing = default;
        return Lanes.Inside(inside, z * z * Lanes.Of<T>(-0.5) - Lanes.Log(sigma) - Lanes.Of<T>(Logs.HalfTwoPi) - log);
    }
}
