using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The shapes that a distribution has for a value which it scores, as Pyro 0.1 asks for them: those of its samples where the value has no further dimensions on the left.</summary>
public static class DistributionShapes
{
    /// <summary>The shape of the value: batch + event.</summary>
    /// <param name="distribution">The distribution.</param>
    /// <param name="x">The value: of the distribution's shape, or with more dimensions on the left.</param>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public static long[] Shape(this Distribution distribution, Tensor x)
    {
        var shape = x.Sizes();
        return distribution.Accepts(shape) ? shape : throw new ArgumentException(
            $"The value has shape {Shapes.Format(shape)} and {distribution.Name} has shape {Shapes.Format(distribution.Shape)}. Give a value of that shape, or one with more " +
            "dimensions on the left.", nameof(x));
    }

    /// <summary>The value's shape without the event: that of <see cref="Distribution.BatchLogPdf"/> without its last dimension.</summary>
    /// <inheritdoc cref="Shape"/>
    public static long[] BatchShape(this Distribution distribution, Tensor x) => Shape(distribution, x)[..^distribution.EventDim];

    /// <summary>The shape of the event, which is the same for all values.</summary>
    /// <inheritdoc cref="Shape"/>
    public static long[] EventShape(this Distribution distribution, Tensor x) => Shape(distribution, x)[^distribution.EventDim..];
}
