using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// One entry into a plate during a run: <c>IArange</c> from its <c>using</c> to the end of the block, <c>IRange</c> for one iteration.
/// Scopes are linked from the innermost outwards, so a site keeps its plates by keeping one reference.
/// </summary>
public sealed class PlateScope : IDisposable
{
    private readonly RunContext _context;
    private long? _size;
    private long _count;
    private Tensor? _indices;

    /// <summary>A scope; without a size until a site has given it one.</summary>
    internal PlateScope(RunContext context, Plate plate, PlateScope? outer, long? size, long count, Tensor? indices, long iteration, bool batched = false)
    {
        _context = context;
        _size = size;
        _count = count;
        _indices = indices;
        Plate = plate;
        Outer = outer;
        Iteration = iteration;
        Vectorized = plate.Vectorized || batched;
        Depth = (outer?.Depth ?? 0) + (Vectorized ? 1 : 0);
        CumulativeScale = (outer?.CumulativeScale ?? 1) * (IsSized ? Scale : 1);
    }

    /// <summary>The plate as the program declares it.</summary>
    public Plate Plate { get; }

    /// <summary>Whether the elements lie along a tensor dimension: those of <c>IArange</c>, and those of an <c>IRange</c> whose iterations run as one.</summary>
    public bool Vectorized { get; }

    /// <summary>The plate's name.</summary>
    public string Name => Plate.Name;

    /// <summary>The scope around this one, or null.</summary>
    public PlateScope? Outer { get; }

    /// <summary>How many elements the plate has.</summary>
    /// <exception cref="ModelException">It was entered without a size, and no site has given it one yet.</exception>
    public long Size => _size ?? throw NoSize();

    /// <summary>How many of them this run visits: the subsample's size, or <see cref="Size"/>.</summary>
    /// <exception cref="ModelException">It was entered without a size, and no site has given it one yet.</exception>
    public long Count => IsSized ? _count : throw NoSize();

    /// <summary>Whether the size is known: a plate that is entered without one has that of its first site.</summary>
    internal bool IsSized => _size is not null;

    /// <summary>For <c>IRange</c> which iteration this is, from 0; 0 for <c>IArange</c>.</summary>
    public long Iteration { get; }

    /// <summary>How many vectorised plates enclose a site in this scope: its leftmost dimensions are theirs.</summary>
    public int Depth { get; }

    /// <summary>The factor of log densities inside: size by count.</summary>
    public double Scale => Count == 0 ? 1 : (double)Size / Count;

    /// <summary>The product of this scope's scale and those around it.</summary>
    public double CumulativeScale { get; }

    /// <summary>The visited elements: a long tensor of shape (count). Made when first asked for if the plate is not subsampled.</summary>
    /// <exception cref="ModelException">The plate was entered without a size, and no site has given it one yet.</exception>
    public Tensor Indices => _indices ??= arange(Size, ScalarType.Int64);

    /// <summary>What the visited elements have in a tensor: <c>data[i]</c> of all iterations at once.</summary>
    /// <param name="data">A tensor whose first dimension is the plate's, of shape (size, …).</param>
    /// <returns>A tensor of shape (count, …): the data itself where every element is visited.</returns>
    public Tensor Each(Tensor data) => Each(data, 0);

    internal Tensor Each(Tensor data, long dimension)
    {
        if (_indices is null)
            return data;
        using var there = _indices.to(data.device);
        return data.index_select(dimension, there);
    }

    /// <summary>What the visited elements have in an array: <c>data[i]</c> of all iterations at once.</summary>
    /// <param name="data">One number an element.</param>
    /// <returns>A float32 tensor of shape (count).</returns>
    public Tensor Each(float[] data) => Each(TensorNumbers.Of(data));

    /// <inheritdoc cref="Each(float[])"/>
    /// <returns>A float64 tensor of shape (count).</returns>
    public Tensor Each(double[] data) => Each(TensorNumbers.Of(data));

    /// <summary>The position's element: the loop index of that iteration.</summary>
    internal long Element(int position)
    {
        using var index = _indices?[position];
        return index is null ? position : index.Number<long>();
    }

    /// <summary>Gives a plate its size that was entered without one.</summary>
    /// <param name="size">The size: all of its elements are visited.</param>
    internal void Give(long size) => _size = _count = size;

    /// <summary>The scope that one iteration would have had by itself.</summary>
    internal PlateScope Iterating(int position) => new(_context, Plate, Outer, Size, Count, _indices, position);

    private ModelException NoSize() => new(Name,
        $"The plate '{Name}' was entered without a size, and no site in it has given it one yet. Give the size: IArange(\"{Name}\", size).");

    /// <summary>Leaves the plate.</summary>
    public void Dispose() => _context.LeavePlate(this);
}
