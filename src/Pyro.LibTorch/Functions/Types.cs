using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>The kinds of device that libtorch knows.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA graphics processor.</summary>
    CUDA = 1,

    /// <summary>Reserved by libtorch.</summary>
    MKLDNN = 2,

    /// <summary>OpenGL.</summary>
    OPENGL = 3,

    /// <summary>OpenCL.</summary>
    OPENCL = 4,

    /// <summary>IDEEP.</summary>
    IDEEP = 5,

    /// <summary>An AMD graphics processor.</summary>
    HIP = 6,

    /// <summary>An FPGA.</summary>
    FPGA = 7,

    /// <summary>Reserved by libtorch.</summary>
    MSNPU = 8,

    /// <summary>XLA.</summary>
    XLA = 9,

    /// <summary>An Apple graphics processor.</summary>
    MPS = 13,

    /// <summary>Shapes without data.</summary>
    META = 14,
}

public static partial class torch
{
    /// <summary>The element types.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>Unsigned 8-bit integers.</summary>
        Byte = 0,

        /// <summary>Signed 8-bit integers.</summary>
        Int8 = 1,

        /// <summary>Signed 16-bit integers.</summary>
        Int16 = 2,

        /// <summary>Signed 32-bit integers.</summary>
        Int32 = 3,

        /// <summary>Signed 64-bit integers.</summary>
        Int64 = 4,

        /// <summary>Half precision.</summary>
        Float16 = 5,

        /// <summary>Single precision.</summary>
        Float32 = 6,

        /// <summary>Double precision.</summary>
        Float64 = 7,

        /// <summary>Complex, two single precision numbers.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex, two double precision numbers.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth values.</summary>
        Bool = 11,

        /// <summary>Quantized signed 8-bit integers.</summary>
        QInt8 = 12,

        /// <summary>Quantized unsigned 8-bit integers.</summary>
        QUInt8 = 13,

        /// <summary>Quantized signed 32-bit integers.</summary>
        QInt32 = 14,

        /// <summary>Brain floating point: 8 bits of exponent, 7 of fraction.</summary>
        BFloat16 = 15,
    }

    /// <summary>Truth values.</summary>
    public static ScalarType @bool = ScalarType.Bool;

    /// <summary>Unsigned 8-bit integers.</summary>
    public static ScalarType uint8 = ScalarType.Byte;

    /// <summary>Signed 8-bit integers.</summary>
    public static ScalarType int8 = ScalarType.Int8;

    /// <summary>Signed 16-bit integers.</summary>
    public static ScalarType int16 = ScalarType.Int16;

    /// <summary>Signed 32-bit integers.</summary>
    public static ScalarType int32 = ScalarType.Int32;

    /// <summary>Signed 64-bit integers.</summary>
    public static ScalarType int64 = ScalarType.Int64;

    /// <summary>Brain floating point.</summary>
    public static ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>Half precision.</summary>
    public static ScalarType float16 = ScalarType.Float16;

    /// <summary>Single precision.</summary>
    public static ScalarType float32 = ScalarType.Float32;

    /// <summary>Double precision.</summary>
    public static ScalarType float64 = ScalarType.Float64;

    /// <summary>Complex, two single precision numbers.</summary>
    public static ScalarType complex64 = ScalarType.ComplexFloat32;

    /// <summary>Complex, two double precision numbers.</summary>
    public static ScalarType complex128 = ScalarType.ComplexFloat64;

    /// <summary>Signed 16-bit integers.</summary>
    public static ScalarType @short = ScalarType.Int16;

    /// <summary>Signed 32-bit integers.</summary>
    public static ScalarType @int = ScalarType.Int32;

    /// <summary>Signed 64-bit integers.</summary>
    public static ScalarType @long = ScalarType.Int64;

    /// <summary>Half precision.</summary>
    public static ScalarType half = ScalarType.Float16;

    /// <summary>Single precision.</summary>
    public static ScalarType @float = ScalarType.Float32;

    /// <summary>Double precision.</summary>
    public static ScalarType @double = ScalarType.Float64;

    /// <summary>Complex, two single precision numbers.</summary>
    public static ScalarType cfloat = ScalarType.ComplexFloat32;

    /// <summary>Complex, two double precision numbers.</summary>
    public static ScalarType cdouble = ScalarType.ComplexFloat64;

    /// <summary>Quantized signed 8-bit integers.</summary>
    public static ScalarType qint8 = ScalarType.QInt8;

    /// <summary>Quantized unsigned 8-bit integers.</summary>
    public static ScalarType quint8 = ScalarType.QUInt8;

    /// <summary>Quantized signed 32-bit integers.</summary>
    public static ScalarType qint32 = ScalarType.QInt32;

    /// <summary>Whether a type holds integers (truth values are not).</summary>
    public static bool is_integral(ScalarType type) => type <= ScalarType.Int64;

    /// <summary>Whether a type holds real floating point numbers.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether a type holds complex numbers.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>Whether a type is quantized.</summary>
    public static bool is_quantized(ScalarType type) => type is ScalarType.QInt8 or ScalarType.QUInt8 or ScalarType.QInt32;

    private static ScalarType defaultDtype = ScalarType.Float32;

    /// <summary>Sets the element type that factories use unless told otherwise.</summary>
    public static void set_default_dtype(ScalarType dtype)
    {
        Ops.set_default_dtype(dtype);
        defaultDtype = dtype;
    }

    /// <summary>The element type that factories use unless told otherwise.</summary>
    public static ScalarType get_default_dtype() => defaultDtype;

    /// <summary>The element type of an operation on two tensors.</summary>
    public static ScalarType result_type(Tensor tensor1, Tensor tensor2) => (ScalarType)Ops.result_type(tensor1, tensor2);

    /// <summary>The smallest element type that holds both.</summary>
    public static ScalarType promote_types(ScalarType type1, ScalarType type2) => (ScalarType)Ops.promote_types(type1, type2);

    /// <summary>Whether the rules of promotion allow the conversion.</summary>
    public static bool can_cast(ScalarType from, ScalarType to) => Ops.can_cast(from, to);
}
