using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Symmetric matrices with positive eigenvalues.</summary>
internal sealed class PositiveDefiniteConstraint()
    : Constraint(nameof(Constraints.PositiveDefinite), "the positive definite matrices", 2, false)
{
    // Products and inverses of matrices are symmetric up to rounding only; of a difference of so many roots of the diagonal's numbers both halves are the same matrix.
    private const double Tolerance = 1e-6;
    private const double ToleranceSingle = 1e-3;

    // By then the diagonal has doubled.
    private const int Doublings = 54;

    public override Tensor Check(Tensor value)
    {
        var (_, failure) = linalg.cholesky_ex(where(value.isfinite(), value, value.new_zeros([])));
        return AreSymmetric(value).logical_and(failure.eq(0));
    }

    /// <summary>Which matrices are symmetric, but for rounding of what computed them.</summary>
    /// <param name="value">The matrices.</param>
    public static Tensor AreSymmetric(Tensor value)
    {
        var root = value.diagonal(0, -2, -1).abs().sqrt();
        return (value - value.mT).abs().le(root.unsqueeze(-1) * root.unsqueeze(-2) * ToleranceOf(value.dtype)).all(-1).all(-1);
    }

    private protected override string? Why(double[] numbers) => MatrixText.WhyNotPositiveDefinite(numbers, ToleranceSingle);

    private static double ToleranceOf(ScalarType dtype) => dtype == ScalarType.Float64 ? Tolerance : ToleranceSingle;

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
