using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The elements of tensors as spans.</summary>
internal static class Memory
{
    /// <summary>The elements of a tensor in host memory and in order.</summary>
    public static Span<T> Of<T>(Tensor tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    /// <summary>
    /// The elements of a tensor without those that repeat, as a tensor in host memory and in order; null where there is no such thing but by copying.
    /// </summary>
    public static Tensor? Compact(Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            return null;
        if (tensor.is_contiguous())
            return tensor;
        var (shape, strides) = (tensor.Sizes(), tensor.Strides());
        for (var dim = 0; dim < shape.Length; dim++)
            if (strides[dim] == 0 && shape[dim] > 1)
                tensor = tensor.narrow(dim, 0, 1);
        return tensor.is_contiguous() ? tensor : null;
    }
}
