using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels.Densities;

/// <summary>
/// ln p(x; ν, μ, σ) = ln Γ(½(ν + 1)) − ln Γ(½ν) − ½ ln πν − ln σ − ½(ν + 1) ln(1 + z²/ν) with z = (x − μ)/σ. Of the first three terms −½ ln 2π is left where
/// ν is large.
/// </summary>
internal readonly struct StudentTDensity : IDensity
{
    public static int Parameters => 3;

    public static Tensor Operations(ReadOnlySpan<Tensor> arguments)
    {
        var (x, df, mu, sigma) = (arguments[0], arguments[1], arguments[2], arguments[3]);
        var apart = x - mu;
        var square = (apart / sigma).square();
        var root = df.sqrt();
        var log = Logs.OneAndSquare(apart / sigma / root);
        // −ln σ − ½ ln(1 + z²/ν) are one logarithm. Where z² is small beside ν, ν ln(1 + z²/ν) is z² less the deviance of ν from ν + z²: then the gradient by ν comes from the deviance alone.
        var near = square.lt(0.25 * df);
        var close = Restricted.Safe(square, near, 0);
        var power = where(near, close - Stirling.Deviance(df, df + close, close), df * log);
        return Stirling.HalfStep(df / 2) - Logs.HalfTwoPi - 0.5 * power - hypot(sigma, apart / root).log();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> df, Vector<T> mu, Vector<T> sigma)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Value(x, df, mu, sigma, out _, out _, out _, out _);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Value<T>(Vector<T> x, Vector<T> df, Vector<T> mu, Vector<T> sigma,
        out Vector<T> dx, out Vector<T> ddf, out Vector<T> dmu, out Vector<T> dsigma)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (one, half) = (Vector<T>.One, Lanes.Of<T>(0.5));
        var r = one / sigma;
        var root = one / Vector.SquareRoot(df);
        var z = (x - mu) * r * root;
        var far = Squares.AreFar(z);
        var slope = (df + one) * Squares.HalfSlope(z, far);
        dmu = slope * root * r;
        dx = -dmu;
        // With s = 1/(1 + z²), ln(1 + z²) is −ln s, and less 1 − s the deviance of 1 from s, of which the derivative by ν is made.
        var square = z * z;
        var share = Lanes.Where(far, one / Vector.Abs(z), one / (one + square));
        var rest = Lanes.Where(far, one, square / (one + square));
        dsigma = (df * rest - Lanes.Where(far, share * share, share)) * r;
        var deviance = Lanes.Deviance(one, share, -rest, out var log);
        log = Lanes.Where(far, log + log, log);
        var gammas = GammaLanes.HalfStep(df * half, out var slopeOfGammas);
        ddf = half * (slopeOfGammas - Lanes.Where(far, -log - one, deviance) + rest / df);
        return gammas - Lanes.Of<T>(Logs.HalfTwoPi) - Lanes.Log(sigma) + (df + one) * half * log;
    }
}
