using System.Numerics;
using System.Runtime.CompilerServices;

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
