using System.Collections;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor in the order of its dimensions.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;

    // What is not contiguous on the CPU is copied once, outside of every scope, and kept with the accessor.
    private readonly torch.Tensor? copy;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type == DeviceType.CPU && tensor.is_contiguous())
        {
            this.tensor = tensor;
            return;
        }
        using var onCpu = tensor.cpu();
        copy = onCpu.contiguous().DetachFromDisposeScope();
        this.tensor = copy;
    }

    /// <summary>How many elements there are.</summary>
    public long Count => tensor.NumberOfElements;

    /// <summary>The element at a position in the order of the dimensions.</summary>
    public T this[long index] => Span[checked((int)index)];

    internal unsafe Span<T> Span => new(tensor.Pointer(), checked((int)tensor.NumberOfElements));

    /// <summary>A copy as an array.</summary>
    public T[] ToArray() => Span.ToArray();

    /// <summary>Copies the elements into an array.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0) => Span.CopyTo(array.AsSpan(arrayIndex));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Releases the copy of a tensor that was not contiguous on the CPU.</summary>
    public void Dispose() => copy?.Dispose();
}
