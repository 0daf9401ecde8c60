namespace TorchSharp;

public static partial class torch
{
    /// <summary>The element types of tensors, with libtorch's numbers.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integer.</summary>
        Byte = 0,

        /// <summary>Signed 8-bit integer.</summary>
        Int8 = 1,

        /// <summary>Signed 16-bit integer.</summary>
        Int16 = 2,

        /// <summary>Signed 32-bit integer.</summary>
        Int32 = 3,

        /// <summary>Signed 64-bit integer.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision, the default.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Complex numbers of two singles.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex numbers of two doubles.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth values.</summary>
        Bool = 11,

        /// <summary>Brain floating point: 8 bits of exponent, 7 of mantissa.</summary>
        BFloat16 = 15,
    }

    /// <summary>Element type: unsigned 8-bit integer.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>Element type: signed 8-bit integer.</summary>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <summary>Element type: signed 16-bit integer.</summary>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <summary>Element type: signed 32-bit integer.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>Element type: signed 64-bit integer.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>Element type: IEEE half precision.</summary>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <summary>Element type: IEEE single precision.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>Element type: IEEE double precision.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>Element type: brain floating point.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Element type: truth values.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    private static ScalarType defaultDtype = ScalarType.Float32;

    /// <summary>The element type that floating-point tensors get when none is given.</summary>
    public static ScalarType get_default_dtype() => defaultDtype;

    /// <summary>Sets the element type that floating-point tensors get when none is given.</summary>
    /// <exception cref="ArgumentException">The type is not a floating-point type.</exception>
    public static void set_default_dtype(ScalarType dtype) => defaultDtype = is_floating_point(dtype)
        ? dtype
        : throw new ArgumentException($"The default dtype must be a floating-point type, not {dtype}.", nameof(dtype));

    /// <summary>Whether elements of this type are real floating-point numbers.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>The element type of what operations on these two types give.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Pyro.LibTorch.Native.PromoteTypes((int)type1, (int)type2);

    /// <summary>Whether elements of this type are integers.</summary>
    public static bool is_integral(ScalarType type) => type <= ScalarType.Int64;
}
