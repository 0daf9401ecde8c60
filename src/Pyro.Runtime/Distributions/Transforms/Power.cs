using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = xᵖ, of the positive numbers onto themselves.</summary>
/// <param name="exponent">The exponent p; not 0.</param>
public sealed class Power(TensorArg exponent) : Bijector
{
    /// <inheritdoc/>
    public override Constraint Range => Constraints.Positive;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(x.pow(exponent.Like(x)));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.pow(1 / exponent.Like(y));

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        var p = exponent.Like(x);
        return p.abs().log() + (p - 1) * x.log();
    }
}
