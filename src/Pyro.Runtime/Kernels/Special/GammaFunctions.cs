namespace Pyro.Kernels.Special;

/// <summary>The lower function P(a, x) of a shape a and a point x: 0 for x from 0 down.</summary>
internal readonly struct GammaLower : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(GammaLower);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes) => At(arguments[0], arguments[1], slopes, true);

    /// <summary>P(a, x) or Q(a, x), with the derivatives.</summary>
    public static double At(double a, double x, Span<double> slopes, bool lower)
    {
        var sign = lower ? 1 : -1;
        if (!(a > 0 && a < double.PositiveInfinity) || double.IsNaN(x))
        {
            slopes.Fill(double.NaN);
            return double.NaN;
        }
        if (!(x > 0 && x < double.PositiveInfinity))
        {
            (slopes[0], slopes[1]) = (0, x == 0 && a == 1 ? sign : 0);
            return x <= 0 == lower ? 0 : 1;
        }
        var u = Math.Log(x);
        var both = IncompleteGamma.At(a, x, u);
        (slopes[0], slopes[1]) = (sign * both.Slope, sign * Math.Exp(both.LogSlope - u));
        return lower ? both.P : both.Q;
    }
}

/// <summary>The upper function Q(a, x) = 1 − P(a, x).</summary>
internal readonly struct GammaUpper : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(GammaUpper);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes) => GammaLower.At(arguments[0], arguments[1], slopes, false);

    /// <summary>Q(a, x).</summary>
    public static double At(double a, double x) => GammaLower.At(a, x, stackalloc double[2], false);
}

/// <summary>ln x where P(a, x) is a probability: −∞ at 0, ∞ at 1.</summary>
internal readonly struct LogGammaQuantile : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(LogGammaQuantile);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
    {
        (var value, slopes[0], slopes[1]) = GammaQuantile.Log(arguments[0], arguments[1], 1 - arguments[1]);
        return value;
    }
}

/// <summary>ln x where Q(a, x) is a probability: ∞ at 0, −∞ at 1.</summary>
internal readonly struct LogGammaUpperQuantile : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(LogGammaUpperQuantile);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
    {
        (var value, slopes[0], var byP) = GammaQuantile.Log(arguments[0], 1 - arguments[1], arguments[1]);
        slopes[1] = -byP;
        return value;
    }
}
