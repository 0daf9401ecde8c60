using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyro.Kernels;

/// <summary>What a run of the inner loop reads: elements one after another, or one for all.</summary>
internal readonly ref struct Operand<T>
    where T : unmanaged
{
    private readonly ref T _first;
    private readonly Vector<T> _same;

    /// <summary>The elements from one on.</summary>
    public Operand(ReadOnlySpan<T> elements, int first, bool varies)
    {
        _first = ref Unsafe.Add(ref MemoryMarshal.GetReference(elements), first);
        Varies = varies;
        _same = new Vector<T>(_first);
    }

    /// <summary>One number for all.</summary>
    public Operand(T number) => _same = new Vector<T>(number);

    /// <summary>Whether there are elements one after another.</summary>
    public bool Varies { get; }

    /// <summary>A register of elements that vary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> Each(int index) => Vector.LoadUnsafe(ref _first, (nuint)index);

    /// <summary>A register of elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<T> At(int index) => Varies ? Each(index) : _same;

    /// <summary>The last elements, fewer than a register has: the other lanes repeat one, so that they raise no domain of their own.</summary>
    public Vector<T> At(int index, int left)
    {
        if (!Varies)
            return _same;
        Span<T> room = stackalloc T[Vector<T>.Count];
        room.Fill(Unsafe.Add(ref _first, index));
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _first, index), left).CopyTo(room);
        return new Vector<T>(room);
    }
}
