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
    public override Tensor Forward(Tensor x) => x.checked_matmul(x.mT);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => linalg.cholesky(y);

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        var size = x.Sizes()[^1];
        return (x.diagonal(0, -2, -1).log() * arange(size, 0, -1, x.dtype, x.device)).sum(-1) + size * Logs.Two;
    }
}
