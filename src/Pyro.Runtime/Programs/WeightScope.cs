using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// A block of a program whose sites' log densities are multiplied: what <c>Scale</c> and <c>Mask</c> open, from their <c>using</c> to the end of the block. Scopes inside of each
/// other multiply.
/// </summary>
public sealed class WeightScope : IDisposable
{
    private readonly RunContext _context;

    internal WeightScope(RunContext context, WeightScope? outer, double factor, Tensor? mask, int depth)
    {
        _context = context;
        Outer = outer;
        // What counts nothing may be infinite.
        Factor = factor == 0 ? 1 : factor;
        Mask = factor == 0 ? zeros([], ScalarType.Bool) : mask;
        Depth = depth;
    }

    /// <summary>The scope around this one, or null.</summary>
    internal WeightScope? Outer { get; }

    /// <summary>The factor of all log densities.</summary>
    internal double Factor { get; }

    /// <summary>The elements' weights; null for one everywhere.</summary>
    internal Tensor? Mask { get; }

    /// <summary>How many vectorised plates the scope is in: the leftmost dimensions of its mask are theirs.</summary>
    internal int Depth { get; }

    /// <summary>Leaves the block.</summary>
    public void Dispose() => _context.LeaveWeights(this);
}
