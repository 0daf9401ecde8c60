using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;

namespace Pyro.Kernels;

/// <summary>What densities are made of, for a register of floats or doubles.</summary>
internal static class Lanes
{
    /// <summary>One number everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? new Vector<float>((float)value).As<float, T>()
        : new Vector<double>(value).As<double, T>();

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> value)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? FloatLanes.Log(value.As<T, float>()).As<float, T>()
        : Vector.Log(value.As<T, double>()).As<double, T>();

    /// <summary>The exponential function of what is not above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> ExpOfNegative<T>(Vector<T> value)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? FloatLanes.ExpOfNegative(value.As<T, float>()).As<float, T>()
        : Vector.Exp(value.As<T, double>()).As<double, T>();

    /// <summary>The integer below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Floor<T>(Vector<T> value)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Vector.Floor(value.As<T, float>()).As<float, T>()
        : Vector.Floor(value.As<T, double>()).As<double, T>();

    /// <summary>ln(1 + u) for u from −1: the logarithm, corrected by what was lost in the sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log1p<T>(Vector<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sum = Vector<T>.One + u;
        var log = Log(sum);
        var lost = (u - (sum - Vector<T>.One)) / sum;
        return log + Where(Vector.GreaterThan(sum, Vector<T>.Zero) & Vector.LessThan(sum, Of<T>(double.PositiveInfinity)), lost, Vector<T>.Zero);
    }

    /// <summary>
    /// The deviance m − c − c ln(m/c) of a cell c from its mean m, which is never negative, and ln(m/c). Where m is near c, both are series of (m − c)/c: the
    /// first is about ½(m − c)²/c there, of which nothing would be left otherwise (Loader, "Fast and accurate computation of binomial probabilities", 2000).
    /// </summary>
    /// <param name="cell">c; positive.</param>
    /// <param name="mean">m; from 0.</param>
    /// <param name="apart">m − c, as exact as it is known.</param>
    /// <param name="log">The logarithm of the ratio.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Deviance<T>(Vector<T> cell, Vector<T> mean, Vector<T> apart, out Vector<T> log)
        where T : unmanaged, IFloatingPointIeee754<T> => Deviance(cell, mean, apart, Vector<T>.Zero, out log);

    /// <summary>The deviance of a cell from the mean ab, also where that is too small a number.</summary>
    /// <param name="cell">c; positive.</param>
    /// <param name="a">a; positive.</param>
    /// <param name="b">b; positive.</param>
    /// <param name="log">The logarithm of ab/c.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> DevianceOfProduct<T>(Vector<T> cell, Vector<T> a, Vector<T> b, out Vector<T> log)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var mean = a * b;
        var small = Vector.LessThan(mean, Of<T>(typeof(T) == typeof(float) ? 1e-30 : 1e-290));
        var scale = Where(small, Of<T>(typeof(T) == typeof(float) ? FloatScale : DoubleScale), Vector<T>.One);
        return Deviance(cell, a * scale * (b * scale), mean - cell, small, out log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Deviance<T>(Vector<T> cell, Vector<T> mean, Vector<T> apart, Vector<T> scaled, out Vector<T> log)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            var deviance = FloatLanes.Deviance(
                cell.As<T, float>(), mean.As<T, float>(), apart.As<T, float>(), scaled.As<T, float>(), out var ln);
            log = ln.As<float, T>();
            return deviance.As<float, T>();
        }
        var t = apart / cell;
        var near = Vector.AndNot(Vector.LessThan(Vector.Abs(t), Of<T>(NearOne)), scaled);
        // ln(1 + t) is 2 artanh(t/(2 + t)).
        var s = Only(near, t / (Of<T>(2) + t));
        var w = s * s;
        var rest = Of<T>(1.0 / 21);
        for (var k = 19; k >= 3; k -= 2)
            rest = rest * w + Of<T>(1.0 / k);
        rest *= Of<T>(2) * w * s;
        var ratio = Vector.MinNative(Of<T>(double.MaxValue), mean / cell);
        log = Where(near, Of<T>(2) * s + rest, Log(Where(near, Vector<T>.One, ratio)) - (scaled & Of<T>(LogMeanScale<T>())));
        return Where(near, cell * (t * s - rest), apart - cell * log);
    }

    // 2⁶³ and 2⁵⁰⁰: each factor of a product that is too small a number takes one.
    private const double FloatScale = 9.2233720368547758e18;
    private const double DoubleScale = 3.2733906078961419e150;

    /// <summary>The logarithm of what a product that is too small a number is scaled by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LogMeanScale<T>() => typeof(T) == typeof(float) ? 126 * Logs.Two : 1000 * Logs.Two;

    // The distance from 1 up to which the series is used.
    private const double NearOne = 0.28;

    /// <summary>Adds to a sum, and what rounding loses to another (Knuth's two-sum): long rows keep their last digits.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="lost">What is lost.</param>
    /// <param name="value">What to add.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<T>(ref Vector<T> sum, ref Vector<T> lost, Vector<T> value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var next = sum + value;
        var part = next - sum;
        lost += (sum - (next - part)) + (value - part);
        sum = next;
    }

    /// <summary>ln(1 + eᵘ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Softplus<T>(Vector<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Vector.MaxNative(u, Vector<T>.Zero) + Log1pOfUnit(ExpOfNegative(u | Sign<T>()));
    }

    /// <summary>ln(1 + eᵘ), and its derivative 1/(1 + e⁻ᵘ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Softplus<T>(Vector<T> u, out Vector<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var small = ExpOfNegative(u | Sign<T>());
        slope = Where(Vector.LessThan(u, Vector<T>.Zero), small, Vector<T>.One) / (Vector<T>.One + small);
        return Vector.MaxNative(u, Vector<T>.Zero) + Log1pOfUnit(small);
    }

    /// <summary>−ln(1 + e⁻ᵘ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> LogSigmoid<T>(Vector<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return Vector.MinNative(u, Vector<T>.Zero) - Log1pOfUnit(ExpOfNegative(u | Sign<T>()));
    }

    /// <summary>−ln(1 + e⁻ᵘ), and its derivative 1/(1 + eᵘ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> LogSigmoid<T>(Vector<T> u, out Vector<T> slope)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var small = ExpOfNegative(u | Sign<T>());
        slope = Where(Vector.GreaterThan(u, Vector<T>.Zero), small, Vector<T>.One) / (Vector<T>.One + small);
        return Vector.MinNative(u, Vector<T>.Zero) - Log1pOfUnit(small);
    }

    /// <summary>The probabilities 1/(1 + e⁻ᵘ) and 1/(1 + eᵘ) of log odds u, and the logarithms of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Odds<T>(Vector<T> u, out Vector<T> p, out Vector<T> q, out Vector<T> logP, out Vector<T> logQ)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var small = ExpOfNegative(u | Sign<T>());
        var greater = Vector<T>.One / (Vector<T>.One + small);
        var less = small * greater;
        var negative = Vector.LessThan(u, Vector<T>.Zero);
        p = Where(negative, less, greater);
        q = Where(negative, greater, less);
        var rest = Log1pOfUnit(small);
        logP = Vector.MinNative(u, Vector<T>.Zero) - rest;
        logQ = -Vector.MaxNative(u, Vector<T>.Zero) - rest;
    }

    /// <summary>The bit that tells negative numbers, alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Sign<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Of<T>(-0.0);

    // ln(1 + u) for u from 0 to 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Log1pOfUnit<T>(Vector<T> u)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
            return FloatLanes.Log1pOfUnit(u.As<T, float>()).As<float, T>();
        var sum = Vector<T>.One + u;
        return Log(sum) + (u - (sum - Vector<T>.One)) / sum;
    }

    /// <summary>One of two, lane by lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Where<T>(Vector<T> condition, Vector<T> value, Vector<T> otherwise) => Vector.ConditionalSelect(condition, value, otherwise);

    /// <summary>A value where a condition holds, and 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Only<T>(Vector<T> condition, Vector<T> value) => Vector.ConditionalSelect(condition, value, Vector<T>.Zero);

    /// <summary>A product that is 0 where the factor is, whatever it multiplies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Times<T>(Vector<T> factor, Vector<T> value) =>
        Vector.ConditionalSelect(Vector.Equals(factor, Vector<T>.Zero), Vector<T>.Zero, factor * value);

    /// <summary>A log density inside the support, and −∞ outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Inside<T>(Vector<T> inside, Vector<T> density)
        where T : unmanaged, IFloatingPointIeee754<T> => Vector.ConditionalSelect(inside, density, Of<T>(double.NegativeInfinity));

    /// <summary>Which lanes are integers from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Counts<T>(Vector<T> x)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Vector.GreaterThanOrEqual(x, Vector<T>.Zero) & Vector.LessThan(x, Of<T>(double.PositiveInfinity)) & Vector.Equals(Floor(x), x);

    /// <summary>The sum of the lanes, in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum<T>(Vector<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return Vector.Sum(values.As<T, double>());
        Vector.Widen(values.As<T, float>(), out var low, out var high);
        return Vector.Sum(low + high);
    }
}
