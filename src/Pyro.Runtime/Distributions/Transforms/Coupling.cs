using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>The two parts of a coupling's variables.</summary>
internal static class Coupling
{
    /// <summary>How many variables stay.</summary>
    /// <param name="inputDim">The number of variables.</param>
    /// <param name="kept">How many were asked for; null for half of them.</param>
    public static long Kept(long inputDim, long? kept)
    {
        var count = kept ?? inputDim / 2;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(kept));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(count, inputDim, nameof(kept));
        return count;
    }

    /// <summary>The variables that stay and the others.</summary>
    /// <exception cref="ArgumentException">There are more variables, or fewer.</exception>
    public static (Tensor First, Tensor Others) Split(Tensor x, long kept, long moved) => x.dim() > 0 && x.Sizes()[^1] == kept + moved
        ? (x.narrow(-1, 0, kept), x.narrow(-1, kept, moved))
        : throw new ArgumentException($"A coupling of {kept + moved} variables is given values of shape {Shapes.Format(x.Sizes())}.", nameof(x));
}
