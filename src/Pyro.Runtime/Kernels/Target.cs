using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pyro.Kernels;

/// <summary>What a run of the inner loop writes: an element for each, or sums of several, which are in double.</summary>
internal ref struct Target<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>So many registers are added up in the numbers' own precision before the sum goes on in double.</summary>
    public const int Block = 32;

    private readonly ref T _first;
    private readonly ref double _sums;
    private readonly bool _varies;
    private readonly bool _adds;
    private Vector<T> _running;
    private double _total;
    private int _added;

    /// <summary>An element for each.</summary>
    public Target(Span<T> elements, int first) => _first = ref Unsafe.Add(ref MemoryMarshal.GetReference(elements), first);

    /// <summary>Sums: one for each element of the loop, or one for all of them.</summary>
    public Target(Span<double> sums, int first, bool varies)
    {
        _sums = ref sums[first];
        _varies = varies;
        _adds = true;
    }

    /// <summary>Whether it takes one element for each, or nothing.</summary>
    public readonly bool IsEach => !_adds;

    /// <summary>Whether it takes one sum for all.</summary>
    public readonly bool IsOne => _adds && !_varies;

    /// <summary>Takes a register of elements that are one for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void PutEach(int index, Vector<T> values) => values.StoreUnsafe(ref _first, (nuint)index);

    /// <summary>Takes what a block of registers comes to.</summary>
    public void Add(Vector<T> sums) => _total += Lanes.Sum(sums);

    /// <summary>Takes a register of elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int index, Vector<T> values)
    {
        if (!_adds)
        {
            PutEach(index, values);
        }
        else if (!_varies)
        {
            _running += values;
            if (++_added == Block)
                Flush();
        }
        else
        {
            AddEach(index, values, Vector<T>.Count);
        }
    }

    /// <summary>Takes the last elements, which may be fewer than a register has.</summary>
    public void Put(int index, Vector<T> values, int left)
    {
        if (left == Vector<T>.Count)
            Put(index, values);
        else if (!_adds)
            for (var i = 0; i < left; i++)
                Unsafe.Add(ref _first, index + i) = values[i];
        else if (_varies)
            AddEach(index, values, left);
        else
            for (var i = 0; i < left; i++)
                _total += double.CreateTruncating(values[i]);
    }

    /// <summary>Ends the run.</summary>
    public void End()
    {
        if (!_adds || _varies)
            return;
        Flush();
        _sums += _total;
    }

    private void Flush()
    {
        _total += Lanes.Sum(_running);
        _running = default;
        _added = 0;
    }

    private readonly void AddEach(int index, Vector<T> values, int count)
    {
        for (var i = 0; i < count; i++)
            Unsafe.Add(ref _sums, index + i) += double.CreateTruncating(values[i]);
    }
}
