using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>ln p(x; ν, μ, σ) = ln Γ(½(ν + 1)) − ln Γ(½ν) − ½ ln πν − ln σ − ½(ν + 1) ln(1 + z²/ν) with z = (x − μ)/σ.</summary>
internal readonly struct StudentTDensity : IDensity
{
    public static int Parameters => 3;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, df, mu, sigma) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var z = (x - mu) / sigma;
        return ((df + 1) / 2).lgamma() - (df / 2).lgamma() - 0.5 * (df.log() + Logs.Pi) - sigma.log()
            - (df + 1) / 2 * (z.square() / df).log1p();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> df, Vector<T> mu, Vector<T> sigma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = Lanes.Of<T>(0.5);
        var z = (x - mu) / sigma;
        var order = (df + Vector<T>.One) * half;
        return GammaLanes.Log(order) - GammaLanes.Log(df * half) - (Lanes.Log(df) + Lanes.Of<T>(Logs.Pi)) * half - Lanes.Log(sigma)
            - order * Lanes.Log1p(z * z / df);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> df, Vector<T> mu, Vector<T> sigma,
        out Vector<T> dx, out Vector<T> ddf, out Vector<T> dmu, out Vector<T> dsigma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = Lanes.Of<T>(0.5);
        var r = Vector<T>.One / sigma;
        var z = (x - mu) * r;
        var order = (df + Vector<T>.One) * half;
        var slope = (df + Vector<T>.One) * (z / (df + z * z));
        dmu = slope * r;
        dx = -dmu;
        dsigma = (slope * z - Vector<T>.One) * r;
        var far = Lanes.Log1p(z * z / df);
        var first = GammaLanes.Log(order, out var firstSlope);
        var second = GammaLanes.Log(df * half, out var secondSlope);
        ddf = half * (firstSlope - secondSlope - far + (slope * z - Vector<T>.One) / df);
        return first - second - (Lanes.Log(df) + Lanes.Of<T>(Logs.Pi)) * half - Lanes.Log(sigma) - order * far;
    }
}
