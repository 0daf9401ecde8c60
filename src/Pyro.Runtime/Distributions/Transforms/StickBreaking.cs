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
    public override Tensor Forward(Tensor x)
    {
        var share = (x - LogLeft(x)).sigmoid();
        var one = share.narrow(-1, 0, 1).ones_like();
        var left = (1 - share).cumprod(-1);
        return Noise.Positive(cat([share, one], -1) * cat([one, left], -1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var count = y.shape[^1] - 1;
        var part = y.narrow(-1, 0, count);
        var left = OpenUnit.Clamp(1 - part.cumsum(-1));
        return part.log() - left.log() + LogLeft(part);
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        var shifted = x - LogLeft(x);
        return (y.narrow(-1, 0, x.shape[^1]).log() - shifted.softplus()).sum(-1);
    }

    /// <summary>log of the number of parts after each one: K − 1, …, 1.</summary>
    private static Tensor LogLeft(Tensor x) => arange(x.shape[^1], 0, -1, x.dtype, x.device).log();
}
