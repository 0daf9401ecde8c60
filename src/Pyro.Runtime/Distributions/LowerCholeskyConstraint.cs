using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Lower triangular matrices with a positive diagonal.</summary>
internal sealed class LowerCholeskyConstraint()
    : Constraint(nameof(Constraints.LowerCholesky), "the lower triangular matrices with a positive diagonal", 2, false)
{
    public override Tensor Check(Tensor value) =>
        value.eq(value.tril()).all(-1).all(-1).logical_and(value.diagonal(0, -2, -1).gt(0).all(-1));

    public override Bijector TransformTo() => LowerCholesky.Instance;
}
