using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = ln(1 + exp(x)), onto the positive numbers: exp(x) far below zero, x far above.</summary>
public sealed class Softplus : Bijector
{
    private Softplus()
    {
    }

    /// <summary>The map.</summary>
    public static Softplus Instance { get; } = new();

    /// <inheritdoc/>
    public override Constraint Range => Constraints.Positive;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Noise.Positive(x.clamp_min(0) + (-x.abs()).exp().log1p());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y + (-(-y).expm1()).log();

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => -Forward(-x);
}
