using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>A tensor of rows that a pass reads: a register of rows at a time, turned so that each lane is a row.</summary>
internal readonly ref struct RowSource<T>
    where T : unmanaged, INumberBase<T>
{
    private readonly ReadOnlySpan<T> _elements;
    private readonly T[]? _converted;
    private readonly Vector<T>[]? _block;
    private readonly int _columns;
    private readonly int _place;
    private readonly bool _varies;

    /// <summary>The tensor's rows.</summary>
    /// <param name="tensor">The tensor; null for none.</param>
    /// <param name="columns">How long a row is.</param>
    /// <param name="place">The tensor's place in the layout of rows.</param>
    /// <param name="layout">The layout.</param>
    public RowSource(Tensor? tensor, int columns, int place, Layout layout)
    {
        if (tensor is null)
            return;
        _elements = tensor.dtype == ScalarType.Int64 ? _converted = Converted(tensor) : Memory.Of<T>(tensor);
        _columns = columns;
        _place = place;
        _varies = layout.Varies(place);
        _block = ArrayPool<Vector<T>>.Shared.Rent(columns);
    }

    /// <summary>The columns as they were loaded last.</summary>
    public ReadOnlySpan<Vector<T>> Columns => _block.AsSpan(0, _columns);

    /// <summary>Loads rows of a run of the inner loop; lanes without a row repeat the last one.</summary>
    /// <param name="cursor">The run.</param>
    /// <param name="start">The first row.</param>
    /// <param name="left">How many there are.</param>
    public void Load(in Layout.Cursor cursor, int start, int left)
    {
        if (_block is null || (start > 0 && !_varies))
            return;
        var first = cursor[_place];
        if (!_varies)
        {
            for (var column = 0; column < _columns; column++)
                _block[column] = new Vector<T>(_elements[first * _columns + column]);
            return;
        }
        if (left == Vector<T>.Count)
        {
            Turned.ToColumns(_elements[((first + start) * _columns)..], _columns, _block);
            return;
        }
        var lanes = MemoryMarshal.Cast<Vector<T>, T>(_block.AsSpan());
        for (var lane = 0; lane < Vector<T>.Count; lane++)
        {
            var row = _elements.Slice((first + start + Math.Min(lane, left - 1)) * _columns, _columns);
            ref var to = ref lanes[lane];
            foreach (var element in row)
            {
                to = element;
                to = ref Unsafe.Add(ref to, Vector<T>.Count);
            }
        }
    }

    /// <summary>Ends the pass.</summary>
    public void End()
    {
        if (_block is not null)
            ArrayPool<Vector<T>>.Shared.Return(_block);
        if (_converted is not null)
            ArrayPool<T>.Shared.Return(_converted);
    }

    // Indices, which are long integers as libtorch has them.
    private static T[] Converted(Tensor tensor)
    {
        var indices = Memory.Of<long>(tensor);
        var converted = ArrayPool<T>.Shared.Rent(indices.Length);
        var i = 0;
        if (typeof(T) == typeof(float))
        {
            ref var from = ref MemoryMarshal.GetReference(indices);
            ref var to = ref Unsafe.As<T, float>(ref MemoryMarshal.GetArrayDataReference(converted));
            for (; i <= indices.Length - Vector<float>.Count; i += Vector<float>.Count)
            {
                var low = Vector.ConvertToDouble(Vector.LoadUnsafe(ref from, (nuint)i));
                var high = Vector.ConvertToDouble(Vector.LoadUnsafe(ref from, (nuint)(i + Vector<long>.Count)));
                Vector.Narrow(low, high).StoreUnsafe(ref to, (nuint)i);
            }
        }
        for (; i < indices.Length; i++)
            converted[i] = T.CreateTruncating(indices[i]);
        return converted;
    }
}
