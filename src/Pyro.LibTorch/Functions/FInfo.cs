namespace TorchSharp;

public static partial class torch
{
    /// <summary>The limits of a floating point type.</summary>
    public struct FInfo
    {
        /// <summary>The bits of a number.</summary>
        public int bits;

        /// <summary>The distance from 1 to the next number.</summary>
        public double eps;

        /// <summary>The largest number.</summary>
        public double max;

        /// <summary>The smallest number.</summary>
        public double min;

        /// <summary>The smallest positive number of full precision.</summary>
        public double tiny;

        /// <summary>The smallest positive number of full precision.</summary>
        public double smallest_normal;

        /// <summary>The decimal resolution.</summary>
        public double resolution;
    }

    /// <summary>The limits of the default element type.</summary>
    public static FInfo finfo() => finfo(get_default_dtype());

    /// <summary>The limits of a floating point type, or of the parts of a complex one.</summary>
    /// <exception cref="ArgumentException">The type is none of these.</exception>
    public static FInfo finfo(ScalarType dtype) => dtype switch
    {
        ScalarType.Float16 => Limits(16, 10, 65504, 6.103515625e-05, 1e-3),
        ScalarType.BFloat16 => Limits(16, 7, 3.3895313892515355e+38, 1.1754943508222875e-38, 1e-2),
        ScalarType.Float32 or ScalarType.ComplexFloat32 => Limits(32, 23, float.MaxValue, 1.1754943508222875e-38, 1e-6),
        ScalarType.Float64 or ScalarType.ComplexFloat64 => Limits(64, 52, double.MaxValue, 2.2250738585072014e-308, 1e-15),
        _ => throw new ArgumentException($"{dtype} is no floating point type.", nameof(dtype)),
    };

    /// <summary>The largest number of an integer type.</summary>
    /// <exception cref="ArgumentException">The type is no integer type.</exception>
    public static long max_int_value(ScalarType type) => type switch
    {
        ScalarType.Byte => byte.MaxValue,
        ScalarType.Int8 => sbyte.MaxValue,
        ScalarType.Int16 => short.MaxValue,
        ScalarType.Int32 => int.MaxValue,
        ScalarType.Int64 => long.MaxValue,
        _ => throw new ArgumentException($"{type} is no integer type.", nameof(type)),
    };

    private static FInfo Limits(int bits, int digits, double max, double tiny, double resolution) => new()
    {
        bits = bits,
        eps = Math.ScaleB(1, -digits),
        max = max,
        min = -max,
        tiny = tiny,
        smallest_normal = tiny,
        resolution = resolution,
    };
}
