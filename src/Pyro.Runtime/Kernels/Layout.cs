namespace Pyro.Kernels;

/// <summary>
/// How tensors that broadcast meet, element by element. Dimensions along which all of them go on at one pace are one, and the last one is the
/// <see cref="Inner"/> loop: there an argument has its elements one after another, or one for all.
/// </summary>
internal sealed class Layout
{
    private readonly int[] _sizes;
    private readonly int[,] _strides;

    private Layout(int count, int[] sizes, int[,] strides)
    {
        Count = count;
        _sizes = sizes;
        _strides = strides;
    }

    /// <summary>How many elements there are in all.</summary>
    public int Count { get; }

    /// <summary>How many elements the inner loop has.</summary>
    public int Inner => _sizes[^1];

    /// <summary>How often the inner loop runs.</summary>
    public int Outer => Count / Inner;

    /// <summary>Whether a tensor has an element for each of the inner loop.</summary>
    /// <param name="tensor">Its place.</param>
    public bool Varies(int tensor) => _strides[tensor, _sizes.Length - 1] != 0;

    /// <summary>Lays tensors out.</summary>
    /// <param name="shape">What their shapes broadcast to; no size is zero.</param>
    /// <param name="shapes">Their shapes. The elements lie in order.</param>
    public static Layout Of(ReadOnlySpan<long> shape, params ReadOnlySpan<long[]> shapes)
    {
        var strides = new int[shapes.Length, Math.Max(1, shape.Length)];
        for (var tensor = 0; tensor < shapes.Length; tensor++)
        {
            var own = shapes[tensor];
            var stride = 1;
            for (int dim = shape.Length - 1, at = own.Length - 1; at >= 0; dim--, at--)
            {
                strides[tensor, dim] = own[at] == 1 ? 0 : stride;
                stride *= (int)own[at];
            }
        }
        Span<int> sizes = stackalloc int[Math.Max(1, shape.Length)];
        var (rank, count) = (0, 1);
        for (var dim = 0; dim < shape.Length; dim++)
        {
            if (shape[dim] == 1)
                continue;
            count *= (int)shape[dim];
            if (rank > 0 && GoesOn(strides, rank - 1, dim, (int)shape[dim]))
                sizes[rank - 1] *= (int)shape[dim];
            else
                sizes[rank++] = (int)shape[dim];
            for (var tensor = 0; tensor < shapes.Length; tensor++)
                strides[tensor, rank - 1] = strides[tensor, dim];
        }
        if (rank == 0)
        {
            sizes[rank++] = 1;
            for (var tensor = 0; tensor < shapes.Length; tensor++)
                strides[tensor, 0] = 0;
        }
        return new Layout(count, sizes[..rank].ToArray(), strides);
    }

    /// <summary>The first run of the inner loop.</summary>
    public Cursor Start() => new(this);

    // Whether a step along one dimension is for every tensor as many steps along the next as that has.
    private static bool GoesOn(int[,] strides, int merged, int dim, int size)
    {
        for (var tensor = 0; tensor < strides.GetLength(0); tensor++)
            if (strides[tensor, merged] != strides[tensor, dim] * size)
                return false;
        return true;
    }

    /// <summary>Where each tensor's elements start in a run of the inner loop.</summary>
    internal struct Cursor(Layout layout)
    {
        private readonly int[]? _indices = layout._sizes.Length > 1 ? new int[layout._sizes.Length - 1] : null;
        private readonly int[]? _offsets = layout._sizes.Length > 1 ? new int[layout._strides.GetLength(0)] : null;

        /// <summary>A tensor's first element.</summary>
        public readonly int this[int tensor] => _offsets is null ? 0 : _offsets[tensor];

        /// <summary>Goes to the next run; false after the last.</summary>
        public readonly bool Next()
        {
            if (_indices is null)
                return false;
            for (var dim = _indices.Length - 1; dim >= 0; dim--)
            {
                var wraps = ++_indices[dim] == layout._sizes[dim];
                for (var tensor = 0; tensor < _offsets!.Length; tensor++)
                    _offsets[tensor] += layout._strides[tensor, dim] * (wraps ? 1 - layout._sizes[dim] : 1);
                if (!wraps)
                    return true;
                _indices[dim] = 0;
            }
            return false;
        }
    }
}
