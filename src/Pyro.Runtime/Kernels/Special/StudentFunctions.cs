namespace Pyro.Kernels.Special;

/// <summary>The distribution function of Student's t at ν degrees of freedom: half of I(ν/(ν + t²); ν/2, ½) below 0, and 1 less that above.</summary>
internal readonly struct StudentLower : IScalarFunction
{
    // Nearer to 0 the density is what it is at 0.
    private const double Least = 1e-80;

    /// <inheritdoc/>
    public static string Name => nameof(StudentLower);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
    {
        var (df, t) = (arguments[0], arguments[1]);
        if (!(df > 0 && df < double.PositiveInfinity) || double.IsNaN(t))
        {
            slopes.Fill(double.NaN);
            return double.NaN;
        }
        if (double.IsInfinity(t))
        {
            slopes.Clear();
            return t > 0 ? 1 : 0;
        }
        var far = Math.Max(Math.Abs(t), Least * Math.Sqrt(df));
        var v = Math.Log(df) - 2 * Math.Log(far);
        var at = IncompleteBeta.At(df / 2, 0.5, 1 / (1 + Math.Exp(-v)), 1 / (1 + Math.Exp(v)), v);
        var slope = Math.Exp(at.LogSlope);
        var byDf = slope * (at.MomentA / 2 + 1 / df) / 2;
        (slopes[0], slopes[1]) = (t > 0 ? -byDf : t < 0 ? byDf : 0, slope / far);
        return t > 0 ? 1 - at.Lower / 2 : t < 0 ? at.Lower / 2 : 0.5;
    }
}

/// <summary>t where the distribution function of Student's t is a probability: −∞ at 0, ∞ at 1.</summary>
internal readonly struct StudentQuantile : IScalarFunction
{
    /// <inheritdoc/>
    public static string Name => nameof(StudentQuantile);

    /// <inheritdoc/>
    public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
    {
        var (df, p) = (arguments[0], arguments[1]);
        if (p == 0.5 && df > 0)
        {
            var middle = StudentLower.At([df, 0], slopes);
            (slopes[0], slopes[1]) = (0, 1 / slopes[1]);
            return middle - 0.5;
        }
        var sign = p < 0.5 ? 1 : -1;
        Span<double> inner = stackalloc double[3];
        var v = LogitBetaQuantile.At([df / 2, 0.5, p < 0.5 ? 2 * p : 2 * (1 - p)], inner);
        var t = -sign * Math.Sqrt(df) * Math.Exp(-v / 2);
        (slopes[0], slopes[1]) = (t * (1 / df - inner[0] / 2) / 2, -t * inner[2] * sign);
        return t;
    }
}
