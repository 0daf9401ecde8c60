using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pyro.Kernels;

/// <summary>What densities are made of, for a register of floats or doubles.</summary>
internal static class Lanes
{
    /// <summary>One number everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Of<T>(double value)
        where T : unmanaged, IFloatingPointIeee754<T> => new(T.CreateTruncating(value));

    /// <summary>The natural logarithm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<T> Log<T>(Vector<T> value)
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? Vector.Log(value.As<T, float>()).As<float, T>()
        : Vector.Log(value.As<T, double>()).As<double, T>();
}
