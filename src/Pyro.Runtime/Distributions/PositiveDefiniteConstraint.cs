using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Symmetric matrices with positive eigenvalues.</summary>
internal sealed class PositiveDefiniteConstraint()
    : Constraint(nameof(Constraints.PositiveDefinite), "the positive definite matrices", 2, false)
{
    // Products of matrices are symmetric up to rounding only.
    private const double Tolerance = 1e-5;

    // By then the diagonal has doubled.
    private const int Doublings = 54;

    public override Tensor Check(Tensor value)
    {
        var size = value.abs().amax([-2L, -1L], keepdim: true);
        var symmetric = (value - value.mT).abs().le(size * Tolerance).all(-1).all(-1);
        var (_, failure) = linalg.cholesky_ex(where(value.isfinite(), value, value.new_zeros([])));
        return symmetric.logical_and(failure.eq(0));
    }

    public override Bijector TransformTo() => new Compose(LowerCholesky.Instance, CholeskyProduct.Instance);

    // A product L Lᵀ of positive diagonals has positive eigenvalues, of which rounding may leave none: its diagonal grows by the fewest last digits that help.
    internal override Tensor Settle(Tensor value)
    {
        using var scope = NewDisposeScope();
        Tensor place;
        using (no_grad())
        {
            var failed = Singular(value);
            if (!failed.any().Number<bool>())
                return value;
            var digit = Noise.Positive(value.diagonal(0, -2, -1).abs() * (value.dtype == ScalarType.Float64 ? 2.220446049250313e-16 : 1.1920929e-7));
            place = value;
            for (var k = 0; k < Doublings && failed.any().Number<bool>(); k++)
            {
                place = where(failed.unsqueeze(-1).unsqueeze(-1), value + diag_embed(digit * Math.ScaleB(1, k)), place);
                failed = Singular(place);
            }
        }
        return scope.MoveToOuter(Moved.To(value, place));
    }

    private static Tensor Singular(Tensor value)
    {
        var finite = value.isfinite().all(-1).all(-1);
        var (_, failure) = linalg.cholesky_ex(where(value.isfinite(), value, value.new_zeros([])));
        return failure.ne(0).logical_and(finite);
    }
}
