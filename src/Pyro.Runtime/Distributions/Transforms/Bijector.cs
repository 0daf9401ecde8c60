using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>An invertible, differentiable map, with its volume change.</summary>
public abstract class Bijector
{
    /// <summary>How many of the last dimensions it maps together: 0 where it maps each number for itself.</summary>
    public virtual int EventRank => 0;

    /// <summary>Where its values lie when all reals are mapped, or all of what it maps.</summary>
    public virtual Constraint Range => Constraints.Real;

    /// <summary>Whether what a value was mapped from can be remembered: the inverse undoes the map at once, and not later or for other batches alone.</summary>
    public virtual bool KeepsSource => true;

    /// <summary>The size of the last dimension that it takes; null for any.</summary>
    internal virtual long? InputSize => null;

    /// <summary>The shape that values of a shape are mapped to.</summary>
    /// <param name="shape">The values' shape.</param>
    public virtual long[] ForwardShape(long[] shape) => shape;

    /// <summary>Maps x to y.</summary>
    /// <param name="x">The values.</param>
    public abstract Tensor Forward(Tensor x);

    /// <summary>Maps y back to x.</summary>
    /// <param name="y">The values, inside the map's range.</param>
    public abstract Tensor Inverse(Tensor y);

    /// <summary>log |det dy/dx|: one number for each group of numbers that is mapped together.</summary>
    /// <param name="x">The values.</param>
    /// <param name="y">What they are mapped to.</param>
    public abstract Tensor LogDetJacobian(Tensor x, Tensor y);
}
