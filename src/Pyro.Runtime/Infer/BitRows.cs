using System.Numerics;

namespace Pyro.Infer;

/// <summary>A matrix of bits, row by row. Kept from step to step, it allocates nothing.</summary>
internal sealed class BitRows
{
    private ulong[] _words = [];
    private int _width;

    public void Reset(int rows, int columns)
    {
        _width = (columns + 63) / 64;
        if (_words.Length < rows * _width)
            _words = new ulong[rows * _width];
        else
            Array.Clear(_words);
    }

    public void Set(int row, int column) => _words[row * _width + column / 64] |= 1UL << (column % 64);

    /// <summary>The columns that are set in a row here and in one of another matrix of the same width.</summary>
    public IEnumerable<int> Common(int row, BitRows other, int otherRow)
    {
        for (var word = 0; word < _width; word++)
            for (var bits = _words[row * _width + word] & other._words[otherRow * _width + word]; bits != 0; bits &= bits - 1)
                yield return 64 * word + BitOperations.TrailingZeroCount(bits);
    }

    /// <summary>Whether there is one.</summary>
    public bool Meets(int row, BitRows other, int otherRow)
    {
        var a = Row(row);
        var b = other.Row(otherRow);
        for (var i = 0; i < a.Length; i++)
            if ((a[i] & b[i]) != 0)
                return true;
        return false;
    }

    private ReadOnlySpan<ulong> Row(int row) => _words.AsSpan(row * _width, _width);
}
