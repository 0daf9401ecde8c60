namespace Pyro.Kernels.Special;

/// <summary>The inverse of the incomplete gamma function by its point, in the logarithm: Newton's method on the logarithm of a tail, which is concave in ln x.</summary>
internal static class GammaQuantile
{
    private const int Steps = 100;

    /// <summary>ln x with P(a, x) = p and Q(a, x) = q, and its derivatives by a and p.</summary>
    /// <param name="a">The shape; positive.</param>
    /// <param name="p">The probability below.</param>
    /// <param name="q">The probability above: 1 − p, the smaller one of the two with all its digits.</param>
    public static (double Value, double ByA, double ByP) Log(double a, double p, double q)
    {
        if (!(a > 0 && a < double.PositiveInfinity && p >= 0 && q >= 0))
            return (double.NaN, double.NaN, double.NaN);
        if (p == 0 || q == 0)
            return (p == 0 ? double.NegativeInfinity : double.PositiveInfinity, 0, 0);
        var u = Start(a, p, q);
        var (logP, logQ, scale) = (Math.Log(p), Math.Log(q), Math.Sqrt(a) + 1);
        var at = IncompleteGamma.At(a, Math.Exp(u), u);
        for (var i = 0; i < Steps; i++)
        {
            // The derivative of ln P by ln x is 1/Mass, and of ln Q it is −1/Mass.
            var step = at.IsLower ? (logP - at.LogTail) * at.Mass : (at.LogTail - logQ) * at.Mass;
            u += step;
            at = IncompleteGamma.At(a, Math.Exp(u), u);
            if (!(Math.Abs(step) * scale > 1e-9 + 4e-16 * Math.Abs(u) * scale))
                break;
        }
        return (u, -at.Moment, Math.Exp(-at.LogSlope));
    }

    // Wilson and Hilferty's cube of a normal number (1931); near 0 P(a, x) is xᵃ/Γ(a + 1).
    private static double Start(double a, double p, double q)
    {
        var small = (Math.Log(p) + GammaFunction.Log(a + 1)) / a;
        if (a < 1)
            return Math.Min(small, Math.Log(a + 1 - Math.Log(q)));
        var tail = Math.Sqrt(-2 * Math.Log(Math.Min(p, q)));
        var z = Math.Max(0, tail - (2.30753 + 0.27061 * tail) / (1 + tail * (0.99229 + 0.04481 * tail)));
        var root = 1 - 1 / (9 * a) + (p < q ? -z : z) / (3 * Math.Sqrt(a));
        return root > 0.2 ? Math.Log(a) + 3 * Math.Log(root) : small;
    }
}
