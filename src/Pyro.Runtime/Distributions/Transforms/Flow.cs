using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>A bijector of vectors whose parameters are learned: hand <see cref="Network"/> to <c>Module</c> in a model or guide.</summary>
public abstract class Flow : Bijector
{
    /// <summary>The parameters.</summary>
    public abstract nn.Module Network { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;
}
