using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Symmetric matrices with positive eigenvalues.</summary>
internal sealed class PositiveDefiniteConstraint()
    : Constraint(nameof(Constraints.PositiveDefinite), "the positive definite matrices", 2, false)
{
    // Products of matrices are symmetric up to rounding only.
    private const double Tolerance = 1e-5;

    public override Tensor Check(Tensor value)
    {
        var size = value.abs().amax([-2L, -1L], keepdim: true);
        var symmetric = (value - value.mT).abs().le(size * Tolerance).all(-1).all(-1);
        var (_, failure) = linalg.cholesky_ex(where(value.isfinite(), value, value.new_zeros([])));
        return symmetric.logical_and(failure.eq(0));
    }

    public override Bijector TransformTo() => new Compose(LowerCholesky.Instance, CholeskyProduct.Instance);
}
