using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro;

/// <summary>Numbers out of tensors and into them, without what TorchSharp's own ways leave behind.</summary>
/// <remarks>
/// <c>item</c> and <c>data</c> ask for the strides by a delegate, and <c>torch.tensor</c> of an array hands over a delegate that frees the array: see
/// <see cref="TensorSizes"/>.
/// </remarks>
internal static class TensorNumbers
{
    /// <summary>The only number of a tensor: <c>Tensor.item</c>.</summary>
    public static T Number<T>(this Tensor tensor)
        where T : unmanaged
    {
        if (tensor.numel() != 1)
            throw new ArgumentException("The tensor has not exactly one element.", nameof(tensor));
        var number = default(T);
        tensor.CopyTo(new Span<T>(ref number));
        return number;
    }

    /// <summary>All numbers of a tensor in order: <c>Tensor.data</c> as an array.</summary>
    public static T[] Numbers<T>(this Tensor tensor)
        where T : unmanaged
    {
        var numbers = new T[tensor.numel()];
        tensor.CopyTo<T>(numbers);
        return numbers;
    }

    /// <summary>A tensor of shape (count) with these numbers: <c>torch.tensor</c> of an array.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="dtype">The dtype, where it is not the numbers' own.</param>
    /// <param name="device">The device, where it is not the host.</param>
    public static Tensor Of<T>(ReadOnlySpan<T> numbers, ScalarType? dtype = null, Device? device = null)
        where T : unmanaged
    {
        var own = TypeOf<T>();
        var row = empty(numbers.Length, own);
        MemoryMarshal.AsBytes(numbers).CopyTo(row.bytes);
        if ((dtype ?? own) == own && device is null or { type: DeviceType.CPU })
            return row;
        using (row)
            return row.to(dtype ?? own, device ?? CPU);
    }

    private static void CopyTo<T>(this Tensor tensor, Span<T> numbers)
        where T : unmanaged
    {
        if (tensor.dtype != TypeOf<T>())
            throw new ArgumentException($"The tensor has the dtype {tensor.dtype} and not {TypeOf<T>()}.", nameof(tensor));
        if (tensor.device_type == DeviceType.CPU && tensor.is_contiguous())
        {
            tensor.bytes.CopyTo(MemoryMarshal.AsBytes(numbers));
            GC.KeepAlive(tensor);
            return;
        }
        using var host = tensor.cpu();
        using var inOrder = host.contiguous();
        inOrder.bytes.CopyTo(MemoryMarshal.AsBytes(numbers));
    }

    private static ScalarType TypeOf<T>() =>
        typeof(T) == typeof(float) ? ScalarType.Float32
        : typeof(T) == typeof(double) ? ScalarType.Float64
        : typeof(T) == typeof(long) ? ScalarType.Int64
        : typeof(T) == typeof(int) ? ScalarType.Int32
        : typeof(T) == typeof(bool) ? ScalarType.Bool
        : throw new NotSupportedException($"Tensors of {typeof(T)} are not read here.");
}
