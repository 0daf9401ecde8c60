using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>Lower triangular matrices L with a positive diagonal onto positive definite ones: L Lᵀ. The volume changes by 2ᴷ Π Lᵢᵢ^(K − i + 1).</summary>
public sealed class CholeskyProduct : Bijector
{
    private CholeskyProduct()
    {
    }

    /// <summary>The map.</summary>
    public static CholeskyProduct Instance { get; } = new();

    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override Constraint Range => Constraints.PositiveDefinite;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var product = x.checked_matmul(x.mT);
        return Range.Settle(product.isfinite().all().Number<bool>() ? product : Largest(x));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        // A matrix outside of the range has no factor; beside others it must not stop theirs.
        var (factor, failure) = linalg.cholesky_ex(y);
        return where(failure.eq(0).unsqueeze(-1).unsqueeze(-1), factor, factor.new_full([], double.NaN));
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        var size = x.Sizes()[^1];
        return (x.diagonal(0, -2, -1).log() * arange(size, 0, -1, x.dtype, x.device)).sum(-1) + size * Logs.Two;
    }

    // Where the product overflows the rows of the factor shrink to what has one.
    private static Tensor Largest(Tensor x)
    {
        var most = Math.Sqrt((x.dtype == ScalarType.Float64 ? double.MaxValue : float.MaxValue) / (2 * x.Sizes()[^1]));
        var rows = x * (most / x.abs().amax([-1L], keepdim: true)).clamp_max(1);
        return rows.checked_matmul(rows.mT);
    }
}
