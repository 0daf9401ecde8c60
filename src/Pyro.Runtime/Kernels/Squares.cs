using System.Numerics;
using System.Runtime.CompilerServices;
using Pyro.Distributions;

namespace Pyro.Kernels;

/// <summary>ln(1 + z²) and its slope, also where z² is too large a number, as far out in a heavy tail.</summary>
internal static class Squares
{
    /// <summary>Where 1 is less than the last digit of z².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> AreFar<T>(Vector<T> z)
        where T : unmanaged, IFloatingPointIeee754<T> => Vector.GreaterThan(Vector.Abs(z), Lanes.Of<T>(Logs.Far));

    /// <summary>ln(1 + z²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log1p<T>(Vector<T> z, Vector<T> far)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var square = z * z;
        var sum = Vector<T>.One + square;
        var log = Lanes.Log(Lanes.Where(far, Vector.Abs(z), sum));
        return log + Lanes.Where(far, log, (square - (sum - Vector<T>.One)) / sum);
    }

    /// <summary>z/(1 + z²): half the slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> HalfSlope<T>(Vector<T> z, Vector<T> far)
        where T : unmanaged, IFloatingPointIeee754<T> => Lanes.Where(far, Vector<T>.One, z) / Lanes.Where(far, z, Vector<T>.One + z * z);
}
