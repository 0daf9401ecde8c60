using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// Vectors of K − 1 reals onto the simplex of K parts: each number breaks off a share of what is left. Zero is mapped to equal parts.
/// (Stan Reference Manual, "Unit simplex".)
/// </summary>
public sealed class StickBreaking : Bijector
{
    private StickBreaking()
    {
    }

    /// <summary>The map.</summary>
    public static StickBreaking Instance { get; } = new();

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Constraint Range => Constraints.Simplex;

    /// <inheritdoc/>
    public override long[] ForwardShape(long[] shape) => [.. shape.AsSpan(0, shape.Length - 1), shape[^1] + 1];

    /// <inheritdoc/>
    public override long[] InverseShape(long[] shape) => [.. shape.AsSpan(0, shape.Length - 1), shape[^1] - 1];

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        // What is left is a sigmoid as well: 1 less the share would lose the last digits of a small rest.
        var shifted = x - LogLeft(x);
        var (share, left) = (shifted.sigmoid(), (-shifted).sigmoid().cumprod(-1));
        var one = ones([.. x.Sizes().AsSpan(0, x.Sizes().Length - 1), 1], x.dtype, x.device);
        return Range.Settle(cat([share, one], -1) * cat([one, left], -1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var count = y.Sizes()[^1] - 1;
        var part = y.narrow(-1, 0, count);

        // What is left after each part, added up from the end, where it is small.
        var left = OpenUnit.Clamp(y.narrow(-1, 1, count).flip(-1).cumsum(-1).flip(-1));
        return part.log() - left.log() + LogLeft(part);
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        // Each number's share and rest, and its rest once more for each part after it.
        var shifted = x - LogLeft(x);
        var rest = Logs.Softplus(shifted);
        return (shifted - rest * arange(x.Sizes()[^1] + 1, 1, -1, x.dtype, x.device)).sum(-1);
    }

    /// <summary>log of the number of parts after each one: K − 1, …, 1.</summary>
    private static Tensor LogLeft(Tensor x) => arange(x.Sizes()[^1], 0, -1, x.dtype, x.device).log();
}
