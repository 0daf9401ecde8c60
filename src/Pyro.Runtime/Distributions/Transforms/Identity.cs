using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>y = x.</summary>
public sealed class Identity : Bijector
{
    private Identity()
    {
    }

    /// <summary>The map.</summary>
    public static Identity Instance { get; } = new();

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x;

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y;

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => x.zeros_like();
}
