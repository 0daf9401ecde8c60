using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>A tensor that a pass reads.</summary>
internal readonly ref struct Source<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _elements;
    private readonly int _place;
    private readonly bool _varies;

    /// <summary>The tensor's elements.</summary>
    /// <param name="tensor">The tensor; null for one that is not looked at.</param>
    /// <param name="place">Its place in the layout.</param>
    /// <param name="layout">The layout.</param>
    public Source(Tensor? tensor, int place, Layout layout)
    {
        if (tensor is null)
            return;
        _elements = Memory.Of<T>(tensor);
        _place = place;
        _varies = layout.Varies(place);
    }

    /// <summary>What a run of the inner loop reads.</summary>
    public Operand<T> At(in Layout.Cursor cursor) => _elements.IsEmpty ? default : new Operand<T>(_elements, cursor[_place], _varies);
}
