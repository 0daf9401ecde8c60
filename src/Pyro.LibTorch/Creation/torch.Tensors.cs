using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A 0-dim tensor of a number, Float32 unless another element type is given.</summary>
    public static Tensor tensor(float scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber((double)scalar, dtype ?? ScalarType.Float32, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(float[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<float>(rawArray, [rawArray.Length], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(float[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<float>(rawArray, dimensions, ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(float[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<float>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Float32, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Float64 unless another element type is given.</summary>
    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber(scalar, dtype ?? ScalarType.Float64, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(double[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<double>(rawArray, [rawArray.Length], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(double[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<double>(rawArray, dimensions, ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(double[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<double>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, double>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Float64, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Int64 unless another element type is given.</summary>
    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber(scalar, dtype ?? ScalarType.Int64, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(long[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<long>(rawArray, [rawArray.Length], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(long[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<long>(rawArray, dimensions, ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(long[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<long>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, long>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Int64, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Int32 unless another element type is given.</summary>
    public static Tensor tensor(int scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber((long)scalar, dtype ?? ScalarType.Int32, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(int[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<int>(rawArray, [rawArray.Length], ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(int[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<int>(rawArray, dimensions, ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(int[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<int>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, int>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Int32, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Int16 unless another element type is given.</summary>
    public static Tensor tensor(short scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber((long)scalar, dtype ?? ScalarType.Int16, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(short[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<short>(rawArray, [rawArray.Length], ScalarType.Int16, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(short[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<short>(rawArray, dimensions, ScalarType.Int16, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(short[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<short>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, short>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Int16, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Int8 unless another element type is given.</summary>
    public static Tensor tensor(sbyte scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber((long)scalar, dtype ?? ScalarType.Int8, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(sbyte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<sbyte>(rawArray, [rawArray.Length], ScalarType.Int8, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(sbyte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<sbyte>(rawArray, dimensions, ScalarType.Int8, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(sbyte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<sbyte>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, sbyte>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Int8, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Byte unless another element type is given.</summary>
    public static Tensor tensor(byte scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber((long)scalar, dtype ?? ScalarType.Byte, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(byte[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<byte>(rawArray, [rawArray.Length], ScalarType.Byte, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(byte[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<byte>(rawArray, dimensions, ScalarType.Byte, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(byte[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<byte>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, byte>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Byte, dtype, device, requires_grad);

    /// <summary>A 0-dim tensor of a number, Bool unless another element type is given.</summary>
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromNumber(scalar, dtype ?? ScalarType.Bool, device, requires_grad);

    /// <summary>A vector of a copy of the elements.</summary>
    public static Tensor tensor(bool[] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<bool>(rawArray, [rawArray.Length], ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A tensor of a shape with a copy of the elements, the last dimension fastest.</summary>
    public static Tensor tensor(bool[] rawArray, ReadOnlySpan<long> dimensions, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) => FromSpan<bool>(rawArray, dimensions, ScalarType.Bool, dtype, device, requires_grad);

    /// <summary>A matrix with a copy of the elements.</summary>
    public static Tensor tensor(bool[,] rawArray, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        FromSpan<bool>(MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, bool>(ref MemoryMarshal.GetArrayDataReference(rawArray)), rawArray.Length), [rawArray.GetLength(0), rawArray.GetLength(1)], ScalarType.Bool, dtype, device, requires_grad);

    private static Tensor FromNumber(Number value, ScalarType type, Device? device, bool requiresGrad) =>
        Made(Native.FromNumber(value, (int)type, (int)(device?.type ?? DeviceType.CPU), device?.index ?? -1), nameof(tensor), requiresGrad);

    private static unsafe Tensor FromSpan<T>(ReadOnlySpan<T> elements, ReadOnlySpan<long> dimensions, ScalarType type, ScalarType? dtype, Device? device, bool requiresGrad)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var dimension in dimensions)
            count *= dimension;
        if (count != elements.Length)
            throw new ArgumentException($"{elements.Length} elements do not fill the shape [{string.Join(", ", dimensions.ToArray())}].", nameof(dimensions));
        Tensor made;
        fixed (T* data = elements)
        fixed (long* sizes = dimensions)
            made = Made(Native.FromMemory(data, sizes, dimensions.Length, (int)type), nameof(tensor), false);
        if ((dtype ?? type) != type || device is { type: not DeviceType.CPU })
            made = made.to(dtype ?? type, device ?? CPU, disposeAfter: true);
        return requiresGrad ? made.requires_grad_() : made;
    }
}
