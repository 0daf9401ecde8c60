namespace Pyro.Kernels.Special;

/// <summary>I(x; a, b) of weights a and b and a point x: 0 for x from 0 down, 1 from 1 up.</summary>
internal readonly struct BetaLower : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(BetaLower);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes) => At(arguments[0], arguments[1], arguments[2], slopes, true);

    /// <summary>I(x; a, b).</summary>
    public static double At(double a, double b, double x) => At(a, b, x, stackalloc double[3], true);

    /// <summary>I(x; a, b) or 1 less that, with the derivatives.</summary>
    public static double At(double a, double b, double x, Span<double> slopes, bool lower)
    {
        if (!(a > 0 && b > 0 && a < double.PositiveInfinity && b < double.PositiveInfinity) || double.IsNaN(x))
        {
            slopes.Fill(double.NaN);
            return double.NaN;
        }
        if (!(x > 0 && x < 1))
        {
            slopes.Clear();
            return x <= 0 == lower ? 0 : 1;
        }
        var (y, sign) = (1 - x, lower ? 1 : -1);
        var at = IncompleteBeta.At(a, b, x, y, Math.Log(x) - Series.LogOnePlus(-x));
        var slope = sign * Math.Exp(at.LogSlope);
        (slopes[0], slopes[1], slopes[2]) = (slope * at.MomentA, slope * at.MomentB, slope / x / y);
        return lower ? at.Lower : at.Upper;
    }
}

/// <summary>1 − I(x; a, b).</summary>
internal readonly struct BetaUpper : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(BetaUpper);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes) => BetaLower.At(arguments[0], arguments[1], arguments[2], slopes, false);

    /// <summary>1 − I(x; a, b).</summary>
    public static double At(double a, double b, double x) => BetaLower.At(a, b, x, stackalloc double[3], false);
}

/// <summary>ln(x/(1 − x)) where I(x; a, b) is a probability: −∞ at 0, ∞ at 1.</summary>
internal readonly struct LogitBetaQuantile : IScalarFunction
{
    private const int Steps = 200;

    /// <inheritdoc/>
    public static string Name => nameof(LogitBetaQuantile);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
    {
        var (a, b, p) = (arguments[0], arguments[1], arguments[2]);
        if (!(a > 0 && b > 0 && a < double.PositiveInfinity && b < double.PositiveInfinity && p >= 0 && p <= 1))
        {
            slopes.Fill(double.NaN);
            return double.NaN;
        }
        slopes.Clear();
        if (p is 0 or 1)
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        // Newton's method on the logarithm of a side, which is concave.
        var v = Math.Log(a) - Math.Log(b);
        var (logP, logQ, scale) = (Math.Log(p), Math.Log(1 - p), 1 / Math.Sqrt(1 / a + 1 / b) + 1);
        var at = At(a, b, v);
        for (var i = 0; i < Steps; i++)
        {
            var step = at.IsLower ? (logP - at.LogSide) * at.Mass : (at.LogSide - logQ) * at.Mass;
            v += step;
            at = At(a, b, v);
            if (!(Math.Abs(step) * scale > 1e-9 + 4e-16 * Math.Abs(v) * scale))
                break;
        }
        (slopes[0], slopes[1], slopes[2]) = (-at.MomentA, -at.MomentB, Math.Exp(-at.LogSlope));
        return v;
    }

    private static IncompleteBeta At(double a, double b, double v) => IncompleteBeta.At(a, b, 1 / (1 + Math.Exp(-v)), 1 / (1 + Math.Exp(v)), v);
}
