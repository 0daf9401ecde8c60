using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>Square matrices onto lower triangular ones with a positive diagonal: what is above the diagonal is dropped, the diagonal is exponentiated.</summary>
public sealed class LowerCholesky : Bijector
{
    private LowerCholesky()
    {
    }

    /// <summary>The map.</summary>
    public static LowerCholesky Instance { get; } = new();

    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override Constraint Range => Constraints.LowerCholesky;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.tril(-1) + diag_embed(Constraints.Positive.Settle(Diagonal(x).exp()));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.tril(-1) + diag_embed(Diagonal(y).log());

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => Diagonal(x).sum(-1);

    private static Tensor Diagonal(Tensor x) => x.diagonal(0, -2, -1);
}
