using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>Vectors of reals onto ascending ones: the first number stays, each other one is the logarithm of the step to it.</summary>
public sealed class Ordered : Bijector
{
    private Ordered()
    {
    }

    /// <summary>The map.</summary>
    public static Ordered Instance { get; } = new();

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Constraint Range => Constraints.Ordered;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Range.Settle(cat([First(x), Rest(x).exp()], -1).cumsum(-1));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        // The largest numbers are further apart than a number can be.
        var steps = Rest(y) - y.narrow(-1, 0, y.Sizes()[^1] - 1);
        return cat([First(y), steps.clamp_max(y.dtype == ScalarType.Float64 ? double.MaxValue : float.MaxValue).log()], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => Rest(x).sum(-1);

    private static Tensor First(Tensor x) => x.narrow(-1, 0, 1);

    private static Tensor Rest(Tensor x) => x.narrow(-1, 1, x.Sizes()[^1] - 1);
}
