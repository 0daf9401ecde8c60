using System.Numerics;
using System.Runtime.InteropServices;
using Pyro.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Numbers brought into an interval that rounding may have made them leave. NaN stays NaN.</summary>
internal static class Clamped
{
    /// <summary>
    /// The numbers, or the nearest ones inside. Nearly always all are inside already: in host memory, where a look is cheap, they are given as they
    /// are then, without an operation that each run of the engine would have to pass.
    /// </summary>
    /// <param name="x">The numbers, which nobody else has yet.</param>
    /// <param name="low">The smallest number inside.</param>
    /// <param name="high">The largest number inside; null for no bound.</param>
    public static Tensor To(Tensor x, double low, double? high = null)
    {
        if (IsInside(x, low, high ?? double.PositiveInfinity))
            return x;
        return high is { } most ? x.clamp(low, most) : x.clamp_min(low);
    }

    /// <summary>Whether the numbers are known to be inside or NaN: only in host memory and in order is looked.</summary>
    /// <param name="x">The numbers.</param>
    /// <param name="low">The smallest number inside.</param>
    /// <param name="high">The largest number inside.</param>
    public static bool IsInside(Tensor x, double low, double high)
    {
        if (x.device_type != DeviceType.CPU || !x.is_contiguous())
            return false;
        var inside = x.dtype switch
        {
            ScalarType.Float32 => AreInside(Memory.Of<float>(x), (float)low, (float)high),
            ScalarType.Float64 => AreInside(Memory.Of<double>(x), low, high),
            _ => false,
        };
        GC.KeepAlive(x);
        return inside;
    }

    private static bool AreInside<T>(ReadOnlySpan<T> numbers, T low, T high)
        where T : unmanaged, INumber<T>
    {
        var (lows, highs) = (new Vector<T>(low), new Vector<T>(high));
        foreach (var register in MemoryMarshal.Cast<T, Vector<T>>(numbers))
            if (Vector.LessThanAny(register, lows) || Vector.GreaterThanAny(register, highs))
                return false;
        foreach (var number in numbers[(numbers.Length - numbers.Length % Vector<T>.Count)..])
            if (number < low || number > high)
                return false;
        return true;
    }
}
