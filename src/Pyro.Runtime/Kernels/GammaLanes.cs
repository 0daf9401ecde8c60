using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;

namespace Pyro.Kernels;

/// <summary>
/// ln Γ and its derivative for positive numbers: Stirling's series (Abramowitz and Stegun 6.1.40 and 6.3.18) above a bound; numbers below are moved above
/// it by Γ(x + 1) = x Γ(x).
/// </summary>
internal static partial class GammaLanes
{
    /// <summary>ln Γ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var near = Vector.LessThan(x, Lanes.Of<T>(Bound<T>()));
        var y = Lanes.Where(near, x + Lanes.Of<T>(Steps<T>()), x);
        var r = Vector<T>.One / y;
        var series = (y - Lanes.Of<T>(0.5)) * Lanes.Log(y) - y + Lanes.Of<T>(Logs.HalfTwoPi) + r * LogSeries(r * r);
        return Certain(x, series - Lanes.Only(near, Lanes.Log(Product(Lanes.Where(near, x, Vector<T>.One)))));
    }

    /// <summary>ln Γ(x), and its derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> x, out Vector<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var near = Vector.LessThan(x, Lanes.Of<T>(Bound<T>()));
        var y = Lanes.Where(near, x + Lanes.Of<T>(Steps<T>()), x);
        var r = Vector<T>.One / y;
        var r2 = r * r;
        var log = Lanes.Log(y);
        var below = Lanes.Where(near, x, Vector<T>.One);
        slope = log - r * Lanes.Of<T>(0.5) - r2 * DigammaSeries(r2) - Lanes.Only(near, Reciprocals(below));
        return Certain(x, (y - Lanes.Of<T>(0.5)) * log - y + Lanes.Of<T>(Logs.HalfTwoPi) + r * LogSeries(r2) - Lanes.Only(near, Lanes.Log(Product(below))));
    }

    // Nothing is left of 0! and 1!, not even a last digit: what is certain has the probability one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Certain<T>(Vector<T> x, Vector<T> log)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Lanes.Where(Vector.Equals(x, Vector<T>.One) | Vector.Equals(x, Lanes.Of<T>(2)), Vector<T>.Zero, log);

    // Below the bound the argument moves up by so many steps; the series is good to rounding from there on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Steps<T>() => typeof(T) == typeof(float) ? 3 : 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Bound<T>() => typeof(T) == typeof(float) ? 4 : 9;

    // x (x + 1) … (x + n − 1), from both ends: (x + i)(x + n − 1 − i) is q = x (x + n − 1) and a number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Product<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return x * (x + Lanes.Of<T>(2)) * (x + Vector<T>.One);
        var q = x * (x + Lanes.Of<T>(7));
        return q * (q + Lanes.Of<T>(6)) * ((q + Lanes.Of<T>(10)) * (q + Lanes.Of<T>(12)));
    }

    // 1/x + 1/(x + 1) + … over one denominator, which is that product.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Reciprocals<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var two = Lanes.Of<T>(2);
        if (typeof(T) == typeof(float))
        {
            var (ends, middle) = (x * (x + two), x + Vector<T>.One);
            return (two * middle * middle + ends) / (ends * middle);
        }
        var q = x * (x + Lanes.Of<T>(7));
        var (outer, inner) = (q * (q + Lanes.Of<T>(6)), (q + Lanes.Of<T>(10)) * (q + Lanes.Of<T>(12)));
        var sum = (two * q + Lanes.Of<T>(6)) * inner + (two * q + Lanes.Of<T>(22)) * outer;
        return (two * x + Lanes.Of<T>(7)) * sum / (outer * inner);
    }

    // Σ B₂ₖ/(2k (2k − 1)) r^(2k − 2), in r².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> LogSeries<T>(Vector<T> r2)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = Lanes.Of<T>(-691.0 / 360360);
        if (typeof(T) == typeof(double))
            sum = ((Lanes.Of<T>(-3617.0 / 122400)) * r2 + Lanes.Of<T>(1.0 / 156)) * r2 + sum;
        sum = sum * r2 + Lanes.Of<T>(1.0 / 1188);
        sum = sum * r2 + Lanes.Of<T>(-1.0 / 1680);
        sum = sum * r2 + Lanes.Of<T>(1.0 / 1260);
        sum = sum * r2 + Lanes.Of<T>(-1.0 / 360);
        return sum * r2 + Lanes.Of<T>(1.0 / 12);
    }

    // Σ B₂ₖ/(2k) r^(2k − 2), in r².
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> DigammaSeries<T>(Vector<T> r2)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = Lanes.Of<T>(-691.0 / 32760);
        if (typeof(T) == typeof(double))
            sum = ((Lanes.Of<T>(-3617.0 / 8160)) * r2 + Lanes.Of<T>(1.0 / 12)) * r2 + sum;
        sum = sum * r2 + Lanes.Of<T>(1.0 / 132);
        sum = sum * r2 + Lanes.Of<T>(-1.0 / 240);
        sum = sum * r2 + Lanes.Of<T>(1.0 / 252);
        sum = sum * r2 + Lanes.Of<T>(-1.0 / 120);
        return sum * r2 + Lanes.Of<T>(1.0 / 12);
    }
}
