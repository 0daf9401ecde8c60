using System.Numerics;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The tensor itself, or converted.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => data.to(dtype ?? data.dtype, device ?? data.device).alias();

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of an array of any rank, of dtype where it is given.</summary>
    /// <exception cref="NotSupportedException">No tensor holds elements of this type.</exception>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var element = rawArray.GetType().GetElementType();
        Tensor Copy<T>(ScalarType type)
            where T : unmanaged => TensorData.Copy(TensorData.SpanOf<T>(rawArray), TensorData.Lengths(rawArray), type, dtype, device, requires_grad);
        var made = element switch
        {
            _ when element == typeof(bool) => Copy<bool>(ScalarType.Bool),
            _ when element == typeof(byte) => Copy<byte>(ScalarType.Byte),
            _ when element == typeof(sbyte) => Copy<sbyte>(ScalarType.Int8),
            _ when element == typeof(short) => Copy<short>(ScalarType.Int16),
            _ when element == typeof(int) => Copy<int>(ScalarType.Int32),
            _ when element == typeof(long) => Copy<long>(ScalarType.Int64),
            _ when element == typeof(Half) => Copy<Half>(ScalarType.Float16),
            _ when element == typeof(float) => Copy<float>(ScalarType.Float32),
            _ when element == typeof(double) => Copy<double>(ScalarType.Float64),
            _ when element == typeof((float, float)) => Copy<(float, float)>(ScalarType.ComplexFloat32),
            _ when element == typeof(Complex) => Copy<Complex>(ScalarType.ComplexFloat64),
            _ => throw new NotSupportedException($"No tensor holds elements of type {element}."),
        };
        return made.Named(names);
    }

    /// <summary>A vector with a copy of count elements of an array, from offset on; to the end where count is negative.</summary>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        using var whole = from_array(rawArray, null);
        using var flat = whole.reshape(-1);
        using var part = flat.narrow(0, offset, count < 0 ? flat.numel() - offset : count);
        return part.to_type(dtype, copy: true).requires_grad_(requires_grad);
    }
}
