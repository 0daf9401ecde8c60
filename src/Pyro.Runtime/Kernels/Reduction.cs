using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>What becomes of a log density's elements: each counts its weight, and all of them a factor; the sum is over all dimensions but the first ones.</summary>
/// <param name="Kept">How many of the first dimensions stay: 0 for the sum over everything; <see cref="All"/> for no sum.</param>
/// <param name="Mask">
/// The elements' weights, as booleans (which count) or as numbers from 0 that are multiplied with; they broadcast to the log density, or to its plates where it is smaller. What has
/// the weight 0 counts nothing, whatever it is. Null for one everywhere.
/// </param>
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
            density = Weigh(density, Mask);
        if (Kept < density.dim())
            density = Kept == 0 ? density.sum() : density.flatten(Kept).sum(-1);
        return Scale == 1 ? density : density * Scale;
    }

    /// <summary>Whether gradients flow into the weights: then they are multiplied with by tensor operations.</summary>
    public bool LearnsWeights => Mask is { } mask && mask.dtype != ScalarType.Bool && mask.requires_grad && is_grad_enabled();

    /// <summary>What elements weigh under two masks.</summary>
    /// <param name="a">A mask.</param>
    /// <param name="b">Another, which broadcasts with it.</param>
    public static Tensor Both(Tensor a, Tensor b) => (a.dtype, b.dtype) switch
    {
        (ScalarType.Bool, ScalarType.Bool) => a.logical_and(b),
        (ScalarType.Bool, _) => b * a,
        _ => a * b,
    };

    private static Tensor Weigh(Tensor density, Tensor mask)
    {
        var none = density.new_zeros([]);
        if (mask.dtype == ScalarType.Bool)
            return where(mask, density, none);
        // A weight of 0 that is learned still has a gradient, where the density is a number.
        var counts = mask.requires_grad ? mask.ne(0).logical_or(density.isfinite()) : mask.ne(0);
        return where(counts, density, none) * mask.to_type(density.dtype);
    }
}
