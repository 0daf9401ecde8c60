using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Lower triangular matrices with a positive diagonal and rows of length 1.</summary>
internal sealed class CorrelationCholeskyConstraint()
    : Constraint(nameof(Constraints.CorrelationCholesky), "the Cholesky factors of correlation matrices", 2, false)
{
    private const double Tolerance = 1e-5;

    public override Tensor Check(Tensor value) =>
        Constraints.LowerCholesky.Check(value).logical_and(value.square().sum(-1).sub(1).abs().le(Tolerance).all(-1));

    public override Bijector TransformTo() => CorrelationCholesky.Instance;
}
