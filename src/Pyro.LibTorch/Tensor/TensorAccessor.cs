using System.Collections;
using Pyro.LibTorch;

namespace TorchSharp.Utils;

/// <summary>
/// The elements of a tensor in row-major order. Over contiguous memory of the processor it reads and writes in place; over any other tensor
/// it is a copy, made once, that cannot be written.
/// </summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly T[]? copy;
    private readonly long[] shape;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        Count = tensor.numel();
        if (!tensor.is_cpu() || !tensor.is_contiguous() || tensor.is_sparse || tensor.is_conj() || tensor.is_neg())
            copy = CopyOf(tensor);
    }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Whether writing is impossible, because this is a copy.</summary>
    public bool IsReadOnly => copy is not null;

    /// <summary>An element: one index a dimension, or a single one in row-major order; negative ones count from the end.</summary>
    public T this[params long[] indices]
    {
        get
        {
            var element = Elements()[FlatIndex(indices)];
            GC.KeepAlive(tensor);
            return element;
        }

        set
        {
            RequireWritable();
            Elements()[FlatIndex(indices)] = value;
            GC.KeepAlive(tensor);
        }
    }

    /// <summary>Whether two accessors have equal elements.</summary>
    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => Equals(left, right);

    /// <summary>Whether two accessors have different elements.</summary>
    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !Equals(left, right);

    /// <summary>A copy of the elements.</summary>
    public T[] ToArray()
    {
        var elements = Elements().ToArray();
        GC.KeepAlive(tensor);
        return elements;
    }

    /// <summary>A copy of the elements in an array of the tensor's rank.</summary>
    public Array ToNDArray()
    {
        var elements = ToArray();
        var lengths = shape.Length == 0 ? [1] : shape;
        switch (lengths.Length)
        {
            case 1:
                return elements;
            case 2:
                var matrix = new T[lengths[0], lengths[1]];
                return Fill(matrix, elements);
            case 3:
                return Fill(new T[lengths[0], lengths[1], lengths[2]], elements);
            case 4:
                return Fill(new T[lengths[0], lengths[1], lengths[2], lengths[3]], elements);
            case 5:
                return Fill(new T[lengths[0], lengths[1], lengths[2], lengths[3], lengths[4]], elements);
            case 6:
                return Fill(new T[lengths[0], lengths[1], lengths[2], lengths[3], lengths[4], lengths[5]], elements);
            default:
                throw new NotSupportedException("Arrays of more than six dimensions are not made; use ToArray.");
        }
    }

    /// <summary>Copies the elements from tensorIndex on to an array.</summary>
    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Copies the elements from tensorIndex on to a span.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = Elements()[checked((int)tensorIndex)..];
        var target = array[arrayIndex..];
        source[..Math.Min(source.Length, target.Length)].CopyTo(target);
        GC.KeepAlive(tensor);
    }

    /// <summary>Sets the elements from tensorIndex on.</summary>
    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    /// <summary>Sets the elements from tensorIndex on.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        RequireWritable();
        var source = array[arrayIndex..];
        var target = Elements()[checked((int)tensorIndex)..];
        source[..Math.Min(source.Length, target.Length)].CopyTo(target);
        GC.KeepAlive(tensor);
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj)
    {
        if (obj is not TensorAccessor<T> other)
            return false;
        var equal = Elements().SequenceEqual(other.Elements());
        GC.KeepAlive(tensor);
        GC.KeepAlive(other.tensor);
        return equal;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => tensor.GetHashCode();

    /// <summary>Does nothing: the tensor keeps its memory.</summary>
    public void Dispose()
    {
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static unsafe T[] CopyOf(torch.Tensor tensor)
    {
        var elements = new T[tensor.numel()];
        fixed (T* into = elements)
            Ops.copy_out(tensor, (nint)into);
        return elements;
    }

    private static Array Fill(Array array, T[] elements)
    {
        elements.AsSpan().CopyTo(System.Runtime.InteropServices.MemoryMarshal.CreateSpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(
                ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array)), elements.Length));
        return array;
    }

    // The memory belongs to the tensor. A span does not keep it: who uses one says when the tensor may go.
    private unsafe Span<T> Elements() =>
        copy is not null ? copy : new Span<T>((void*)Ops.data_ptr(tensor), checked((int)Count));

    private int FlatIndex(long[] indices)
    {
        if (indices.Length == 1)
            return checked((int)Within(indices[0], Count));
        if (indices.Length != shape.Length)
            throw new ArgumentException($"{indices.Length} indices for {shape.Length} dimensions.");
        var flat = 0L;
        for (var i = 0; i < indices.Length; i++)
            flat = (flat * shape[i]) + Within(indices[i], shape[i]);
        return checked((int)flat);
    }

    private static long Within(long index, long size)
    {
        var actual = index < 0 ? index + size : index;
        return actual >= 0 && actual < size ? actual : throw new IndexOutOfRangeException($"Index {index} in a dimension of size {size}.");
    }

    private void RequireWritable()
    {
        if (IsReadOnly)
            throw new InvalidOperationException("These elements are a copy: the tensor is not contiguous memory of the processor.");
    }
}
