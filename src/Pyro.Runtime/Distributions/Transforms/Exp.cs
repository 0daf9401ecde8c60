using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = exp(x), onto the positive numbers.</summary>
public sealed class Exp : Bijector
{
    private Exp()
    {
    }

    /// <summary>The map.</summary>
    public static Exp Instance { get; } = new();

    /// <inheritdoc/>
    public override Constraint Range => Constraints.Positive;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(x.exp());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.log();

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => x;
}
