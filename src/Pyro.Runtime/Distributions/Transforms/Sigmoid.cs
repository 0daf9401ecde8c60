using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = 1 / (1 + exp(−x)), onto the numbers between 0 and 1; rounding never reaches the ends.</summary>
public sealed class Sigmoid : Bijector
{
    private Sigmoid()
    {
    }

    /// <summary>The map.</summary>
    public static Sigmoid Instance { get; } = new();

    /// <inheritdoc/>
    public override Constraint Range => Constraints.OpenUnitInterval;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(x.sigmoid());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.logit();

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => -(Logs.Softplus(x) + Logs.Softplus(-x));
}
