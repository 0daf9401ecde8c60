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
        return ((df + 1) / 2).lgamma() - (df / 2).lgamma() - 0.5 * (df.log() + Logs.Pi) - sigma.log()
            - (df + 1) / 2 * Logs.OneAndSquare((x - mu) / sigma / df.sqrt());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> df, Vector<T> mu, Vector<T> sigma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = Lanes.Of<T>(0.5);
        var z = (x - mu) / sigma / Vector.SquareRoot(df);
        var order = (df + Vector<T>.One) * half;
        return GammaLanes.Log(order) - GammaLanes.Log(df * half) - (Lanes.Log(df) + Lanes.Of<T>(Logs.Pi)) * half - Lanes.Log(sigma)
            - order * Squares.Log1p(z, Squares.AreFar(z));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> df, Vector<T> mu, Vector<T> sigma,
        out Vector<T> dx, out Vector<T> ddf, out Vector<T> dmu, out Vector<T> dsigma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var half = Lanes.Of<T>(0.5);
        var r = Vector<T>.One / sigma;
        var root = Vector<T>.One / Vector.SquareRoot(df);
        var z = (x - mu) * r * root;
        var far = Squares.AreFar(z);
        var order = (df + Vector<T>.One) * half;
        var slope = (df + Vector<T>.One) * Squares.HalfSlope(z, far);
        var turned = Lanes.Where(far, df + Vector<T>.One, slope * z);
        dmu = slope * root * r;
        dx = -dmu;
        dsigma = (turned - Vector<T>.One) * r;
        var log = Squares.Log1p(z, far);
        var first = GammaLanes.Log(order, out var firstSlope);
        var second = GammaLanes.Log(df * half, out var secondSlope);
        ddf = half * (firstSlope - secondSlope - log + (turned - Vector<T>.One) / df);
        return first - second - (Lanes.Log(df) + Lanes.Of<T>(Logs.Pi)) * half - Lanes.Log(sigma) - order * log;
    }
}
