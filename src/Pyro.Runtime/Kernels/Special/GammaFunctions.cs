namespace Pyro.Kernels.Special;

/// <summary>The lower function P(a, x) of a shape a and a point x: 0 for x from 0 down.</summary>
internal readonly struct GammaLower : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(GammaLower);

    /// <inheritdoc/>
    public static (double Value, double ByA, double ByB) At(double a, double b)
    {
        if (!(a > 0 && a < double.PositiveInfinity) || double.IsNaN(b))
            return (double.NaN, double.NaN, double.NaN);
        if (b <= 0)
            return (0, 0, b == 0 && a == 1 ? 1 : 0);
        if (double.IsInfinity(b))
            return (1, 0, 0);
        var u = Math.Log(b);
        var both = IncompleteGamma.At(a, b, u);
        return (both.P, both.Slope, Math.Exp(both.LogSlope - u));
    }
}

/// <summary>The upper function Q(a, x) = 1 − P(a, x).</summary>
internal readonly struct GammaUpper : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(GammaUpper);

    /// <inheritdoc/>
    public static (double Value, double ByA, double ByB) At(double a, double b)
    {
        if (!(b > 0 && b < double.PositiveInfinity) || !(a > 0 && a < double.PositiveInfinity))
        {
            var (lower, byA, byB) = GammaLower.At(a, b);
            return (1 - lower, -byA, -byB);
        }
        var u = Math.Log(b);
        var both = IncompleteGamma.At(a, b, u);
        return (both.Q, -both.Slope, -Math.Exp(both.LogSlope - u));
    }
}

/// <summary>ln x where P(a, x) is a probability: −∞ at 0, ∞ at 1.</summary>
internal readonly struct LogGammaQuantile : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(LogGammaQuantile);

    /// <inheritdoc/>
    public static (double Value, double ByA, double ByB) At(double a, double b) => GammaQuantile.Log(a, b, 1 - b);
}

/// <summary>ln x where Q(a, x) is a probability: ∞ at 0, −∞ at 1.</summary>
internal readonly struct LogGammaUpperQuantile : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(LogGammaUpperQuantile);

    /// <inheritdoc/>
    public static (double Value, double ByA, double ByB) At(double a, double b)
    {
        var (value, byA, byB) = GammaQuantile.Log(a, 1 - b, b);
        return (value, byA, -byB);
    }
}
