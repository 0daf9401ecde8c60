using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>What becomes of a log density's elements: those that a mask leaves out count nothing, all others a factor; the sum is over all dimensions but the first ones.</summary>
/// <param name="Kept">How many of the first dimensions stay: 0 for the sum over everything; <see cref="All"/> for no sum.</param>
/// <param name="Mask">The elements that count, as booleans that broadcast to the log density, or to its plates where it is smaller; null for all.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Gradients">
/// Where the sum over everything is a term of a larger one: takes the derivatives by the arguments, and the result itself then has no graph. A density
/// that does not take part gives a result with a graph. Null for a result that others build on.
/// </param>
internal readonly record struct Reduction(int Kept, Tensor? Mask = null, double Scale = 1, RootGradients? Gradients = null)
{
    /// <summary>Every dimension stays.</summary>
    public const int All = int.MaxValue;

    /// <summary>The reduction by tensor operations.</summary>
    /// <param name="density">The log density, element by element.</param>
    public Tensor Of(Tensor density)
    {
        if (Mask is not null)
            density = where(Mask, density, density.new_zeros([]));
        if (Kept < density.dim())
            density = Kept == 0 ? density.sum() : density.flatten(Kept).sum(-1);
        return Scale == 1 ? density : density * Scale;
    }
}
