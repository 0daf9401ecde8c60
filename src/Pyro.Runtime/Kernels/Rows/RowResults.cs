using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pyro.Kernels.Rows;

/// <summary>A tensor of rows that a pass writes to; where several rows come to one, their sum is in double until the end.</summary>
internal readonly ref struct RowResults<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> _elements;
    private readonly double[]? _sums;
    private readonly Vector<T>[]? _block;
    private readonly int _columns;
    private readonly int _place;
    private readonly bool _varies;

    /// <summary>The tensor's rows, not written yet.</summary>
    /// <param name="tensor">The tensor; null for nothing to write.</param>
    /// <param name="columns">How long a row is.</param>
    /// <param name="place">The tensor's place in the layout of rows.</param>
    /// <param name="layout">The layout.</param>
    public RowResults(Tensor? tensor, int columns, int place, Layout layout)
    {
        if (tensor is null)
            return;
        _elements = Memory.Of<T>(tensor);
        _columns = columns;
        _place = place;
        _varies = layout.Varies(place);
        _block = ArrayPool<Vector<T>>.Shared.Rent(columns);
        if (_elements.Length == layout.Count * columns)
            return;
        _sums = ArrayPool<double>.Shared.Rent(_elements.Length);
        _sums.AsSpan(0, _elements.Length).Clear();
    }

    /// <summary>Room for the columns; none where nothing is written.</summary>
    public Span<Vector<T>> Columns => _block.AsSpan(0, _columns);

    /// <summary>Writes the columns, or adds them up.</summary>
    /// <param name="cursor">The run of the inner loop.</param>
    /// <param name="start">The first row.</param>
    /// <param name="left">How many there are.</param>
    /// <param name="factor">What each lane is multiplied with; 0 for one without a row.</param>
    public void Store(in Layout.Cursor cursor, int start, int left, Vector<T> factor)
    {
        if (_block is null)
            return;
        if (!Vector.EqualsAll(factor, Vector<T>.One))
            foreach (ref var column in Columns)
                column = Lanes.Times(factor, column);
        var first = cursor[_place];
        if (!_varies && _sums is not null)
        {
            for (var column = 0; column < _columns; column++)
                _sums[first * _columns + column] += Lanes.Sum(_block[column]);
            return;
        }
        if (_sums is null && left == Vector<T>.Count)
        {
            Turned.ToRows(_block, _columns, _elements[((first + start) * _columns)..]);
            return;
        }
        var lanes = MemoryMarshal.Cast<Vector<T>, T>(_block.AsSpan());
        for (var lane = 0; lane < left; lane++)
        {
            var at = (first + start + lane) * _columns;
            if (_sums is null)
            {
                ref var from = ref lanes[lane];
                foreach (ref var element in _elements.Slice(at, _columns))
                {
                    element = from;
                    from = ref Unsafe.Add(ref from, Vector<T>.Count);
                }
            }
            else
            {
                for (var column = 0; column < _columns; column++)
                    _sums[at + column] += double.CreateTruncating(lanes[column * Vector<T>.Count + lane]);
            }
        }
    }

    /// <summary>Ends the pass, and writes the sums.</summary>
    public void End()
    {
        if (_block is null)
            return;
        ArrayPool<Vector<T>>.Shared.Return(_block);
        if (_sums is null)
            return;
        for (var i = 0; i < _elements.Length; i++)
            _elements[i] = T.CreateTruncating(_sums[i]);
        ArrayPool<double>.Shared.Return(_sums);
    }
}
