using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Vectors of non-negative numbers that add up to 1, up to rounding.</summary>
internal sealed class SimplexConstraint() : Constraint(nameof(Constraints.Simplex), "the simplex: numbers from zero that add up to 1", 1, false)
{
    // Sums of thousands of terms in single precision are off by this much at most.
    internal const double Tolerance = 1e-5;

    public override Tensor Check(Tensor value) =>
        value.ge(0).all(-1).logical_and(value.sum(-1).sub(1).abs().le(Tolerance));

    public override Bijector TransformTo() => StickBreaking.Instance;

    internal override Tensor Settle(Tensor value) => Noise.Positive(value);
}
