using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>What becomes of a log density's elements: those that a mask leaves out count nothing, and the sum is over all dimensions but the first ones.</summary>
/// <param name="Kept">How many of the first dimensions stay: 0 for the sum over everything; <see cref="All"/> for no sum.</param>
/// <param name="Mask">The elements that count, as booleans that broadcast to the log density; null for all.</param>
internal readonly record struct Reduction(int Kept, Tensor? Mask = null)
{
    /// <summary>Every dimension stays.</summary>
    public const int All = int.MaxValue;

    /// <summary>The reduction by tensor operations.</summary>
    /// <param name="density">The log density, element by element.</param>
    public Tensor Of(Tensor density)
    {
        if (Mask is not null)
            density = where(Mask, density, density.new_zeros([]));
        if (Kept == 0)
            return density.dim() == 0 ? density : density.sum();
        return Kept >= density.dim() ? density : density.flatten(Kept).sum(-1);
    }
}
