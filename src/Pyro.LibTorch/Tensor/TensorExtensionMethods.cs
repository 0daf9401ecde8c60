using System.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Tensors to numbers and parameters, arrays to tensors.</summary>
public static partial class TensorExtensionMethods
{
    /// <summary>The tensor as a parameter, which takes over its native half.</summary>
    public static Parameter AsParameter(this Tensor tensor) => new(tensor);

    /// <summary>The bytes of an element.</summary>
    public static int ElementSize(this ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>The only element in half precision.</summary>
    public static Half ToHalf(this Tensor value) => value.ToScalar().ToHalf();

    /// <summary>The only element in single precision.</summary>
    public static float ToSingle(this Tensor value) => value.ToScalar().ToSingle();

    /// <summary>The only element in double precision.</summary>
    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    /// <summary>The only element as an integer.</summary>
    public static sbyte ToSByte(this Tensor value) => value.ToScalar().ToSByte();

    /// <summary>The only element as an integer.</summary>
    public static byte ToByte(this Tensor value) => value.ToScalar().ToByte();

    /// <summary>The only element as an integer.</summary>
    public static short ToInt16(this Tensor value) => value.ToScalar().ToInt16();

    /// <summary>The only element as an integer.</summary>
    public static int ToInt32(this Tensor value) => value.ToScalar().ToInt32();

    /// <summary>The only element as an integer.</summary>
    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    /// <summary>Whether the only element is not 0.</summary>
    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    /// <summary>The only element as a complex number of single precision.</summary>
    public static (float Real, float Imaginary) ToComplexFloat32(this Tensor value) => value.ToScalar().ToComplexFloat32();

    /// <summary>The only element as a complex number of double precision.</summary>
    public static Complex ToComplexFloat64(this Tensor value) => value.ToScalar().ToComplexFloat64();

    /// <summary>The only element as a complex number of single precision.</summary>
    public static (float Real, float Imaginary) ToComplex32(this Tensor value) => value.ToComplexFloat32();

    /// <summary>The only element as a complex number of double precision.</summary>
    public static Complex ToComplex64(this Tensor value) => value.ToComplexFloat64();

    /// <summary>A tensor of these dimensions with a copy of an array.</summary>
    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        using var flat = from_array(rawArray, null);
        using var shaped = flat.reshape(dimensions);
        return shaped.clone().requires_grad_(requires_grad);
    }

    /// <summary>A 0-dim tensor of a number.</summary>
    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false)
        where T : struct
    {
        using var one = from_array(new[] { scalar }, device);
        using var shaped = one.reshape([]);
        return shaped.clone().requires_grad_(requires_grad);
    }

    /// <summary>The shape in 32 bits.</summary>
    public static ReadOnlySpan<int> IntShape(this Tensor tensor) => Array.ConvertAll(tensor.shape, size => checked((int)size));

    /// <summary>The product of sizes.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
