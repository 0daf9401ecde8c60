using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Managed arrays into tensors.</summary>
internal static class TensorData
{
    /// <summary>A tensor of the given dimensions with a copy of the data, converted where another type is wanted.</summary>
    internal static unsafe torch.Tensor Copy<T>(
        ReadOnlySpan<T> data, ReadOnlySpan<long> dimensions, torch.ScalarType type, torch.ScalarType? wanted, torch.Device? device, bool requiresGrad)
        where T : unmanaged
    {
        var count = 1L;
        foreach (var size in dimensions)
            count = checked(count * size);
        if (count != data.Length)
            throw new ArgumentException($"{data.Length} elements do not fill the shape [{string.Join(", ", dimensions.ToArray())}].");
        fixed (T* pinned = data)
            return Ops.from_memory((nint)pinned, dimensions, type, new Options(wanted ?? type, device, requiresGrad));
    }

    /// <exception cref="ArgumentNullException">There is no array.</exception>
    internal static ReadOnlySpan<T> Given<T>(T[] array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array;
    }

    /// <exception cref="ArgumentNullException">There is no list.</exception>
    internal static ReadOnlySpan<T> SpanOf<T>(IList<T> list) => list switch
    {
        null => throw new ArgumentNullException(nameof(list)),
        T[] array => array,
        List<T> elements => CollectionsMarshal.AsSpan(elements),
        _ => list.ToArray(),
    };

    /// <summary>The elements of an array of any rank, in row-major order.</summary>
    internal static ReadOnlySpan<T> SpanOf<T>(Array array)
    {
        ArgumentNullException.ThrowIfNull(array);
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
    }

    internal static long[] Lengths(Array array)
    {
        var lengths = new long[array.Rank];
        for (var i = 0; i < lengths.Length; i++)
            lengths[i] = array.GetLongLength(i);
        return lengths;
    }
}
