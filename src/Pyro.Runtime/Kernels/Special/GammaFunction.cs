using Pyro.Distributions;

namespace Pyro.Kernels.Special;

/// <summary>ln Γ and ψ of positive numbers in double: Stirling's series (Abramowitz and Stegun 6.1.40 and 6.3.18) from 10 on, and Γ(x + 1) = x Γ(x) below.</summary>
internal static class GammaFunction
{
    private const double Bound = 10;

    /// <summary>ln Γ(x).</summary>
    public static double Log(double x)
    {
        if (x is 1 or 2)
            return 0;
        if (x < 0.5)
            return Log(x + 1) - Math.Log(x);
        if (x < Bound)
        {
            var product = 1.0;
            for (; x < Bound; x++)
                product *= x;
            return Large(x) - Math.Log(product);
        }
        return Large(x);
    }

    /// <summary>ψ(x).</summary>
    public static double Digamma(double x)
    {
        var less = 0.0;
        for (; x < Bound; x++)
            less += 1 / x;
        return Math.Log(x) - LogLessDigammaLarge(x) - less;
    }

    /// <summary>ln x − ψ(x).</summary>
    public static double LogLessDigamma(double x) => x < Bound ? Math.Log(x) - Digamma(x) : LogLessDigammaLarge(x);

    /// <summary>What is left of ln Γ(x) beside (x − ½) ln x − x + ½ ln 2π.</summary>
    public static double Stirling(double x)
    {
        if (x < Bound)
            return Log(x) - ((x - 0.5) * Math.Log(x) - x + Logs.HalfTwoPi);
        var r2 = 1 / (x * x);
        return (1.0 / 12 + r2 * (-1.0 / 360 + r2 * (1.0 / 1260 + r2 * (-1.0 / 1680 + r2 * (1.0 / 1188 + r2 * (-691.0 / 360360 + r2 * (1.0 / 156 + r2 * (-3617.0 / 122400)))))))) / x;
    }

    private static double Large(double x) => (x - 0.5) * Math.Log(x) - x + Logs.HalfTwoPi + Stirling(x);

    private static double LogLessDigammaLarge(double x)
    {
        var r2 = 1 / (x * x);
        return 0.5 / x + r2 * (1.0 / 12 + r2 * (-1.0 / 120 + r2 * (1.0 / 252 + r2 * (-1.0 / 240 + r2 * (1.0 / 132 + r2 * (-691.0 / 32760 + r2 * (1.0 / 12 + r2 * (-3617.0 / 8160))))))));
    }
}
