using System.Buffers;
using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>A tensor that a pass writes to; where several elements come to one, their sum is in double until the end.</summary>
internal readonly ref struct Results<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Span<T> _elements;
    private readonly double[]? _sums;
    private readonly int _place;
    private readonly bool _varies;

    /// <summary>The tensor's elements, not written yet.</summary>
    /// <param name="tensor">The tensor; null for nothing to write.</param>
    /// <param name="place">Its place in the layout.</param>
    /// <param name="layout">The layout.</param>
    public Results(Tensor? tensor, int place, Layout layout)
    {
        if (tensor is null)
            return;
        _elements = Memory.Of<T>(tensor);
        _place = place;
        _varies = layout.Varies(place);
        if (_elements.Length == layout.Count)
            return;
        _sums = ArrayPool<double>.Shared.Rent(_elements.Length);
        _sums.AsSpan(0, _elements.Length).Clear();
    }

    /// <summary>What a run of the inner loop writes.</summary>
    public Target<T> At(in Layout.Cursor cursor) => _elements.IsEmpty ? default
        : _sums is null ? new Target<T>(_elements, cursor[_place])
        : new Target<T>(_sums.AsSpan(0, _elements.Length), cursor[_place], _varies);

    /// <summary>Writes the sums.</summary>
    public void End()
    {
        if (_sums is null)
            return;
        for (var i = 0; i < _elements.Length; i++)
            _elements[i] = T.CreateTruncating(_sums[i]);
        ArrayPool<double>.Shared.Return(_sums);
    }
}
