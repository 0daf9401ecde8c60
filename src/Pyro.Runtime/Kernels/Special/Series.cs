namespace Pyro.Kernels.Special;

/// <summary>Differences of nearly equal numbers, by their series where they are small.</summary>
internal static class Series
{
    /// <summary>exp(x) − 1.</summary>
    public static double ExpMinusOne(double x)
    {
        if (Math.Abs(x) > 0.4)
            return Math.Exp(x) - 1;
        // 2 sinh(x/2) exp(x/2).
        var (h, h2) = (x / 2, x * x / 4);
        var sinh = h * (1 + h2 / 6 * (1 + h2 / 20 * (1 + h2 / 42 * (1 + h2 / 72 * (1 + h2 / 110 * (1 + h2 / 156))))));
        return 2 * sinh * Math.Exp(h);
    }

    /// <summary>s − 1 + exp(−s).</summary>
    public static double LessExpMinus(double s) => s > 0.5 ? s - 1 + Math.Exp(-s) : Tail(-s);

    /// <summary>exp(s) − 1 − s.</summary>
    public static double ExpLess(double s) => s > 0.5 ? Math.Exp(s) - 1 - s : Tail(s);

    /// <summary>ln(1 + x).</summary>
    public static double LogOnePlus(double x) => Math.Abs(x) > 0.3 ? Math.Log(1 + x) : x - LessLogNear(x);

    /// <summary>x − ln(1 + x).</summary>
    public static double LessLog(double x) => Math.Abs(x) > 0.3 ? x - Math.Log(1 + x) : LessLogNear(x);

    // Σ xⁿ/n! from n = 2.
    private static double Tail(double x)
    {
        var sum = 1.0;
        for (var n = 15; n > 2; n--)
            sum = 1 + sum * x / n;
        return sum * x * x / 2;
    }

    // ln(1 + x) = 2 artanh r with r = x/(2 + x), and x = 2r/(1 − r): the difference is 2 (r²/(1 − r) − r³/3 − r⁵/5 − …).
    private static double LessLogNear(double x)
    {
        var r = x / (2 + x);
        var (r2, sum) = (r * r, 0.0);
        for (var n = 21; n > 1; n -= 2)
            sum = sum * r2 + 1.0 / n;
        return 2 * r2 * (1 / (1 - r) - r * sum);
    }
}
