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

    /// <summary>Whether it is the same at all times: it has nothing that is learned or changed in place.</summary>
    internal virtual bool IsFixed => false;

    /// <summary>The size of the last dimension that it takes; null for any.</summary>
    internal virtual long? InputSize => null;

    /// <summary>The shape that values of a shape are mapped to.</summary>
    /// <param name="shape">The values' shape.</param>
    public virtual long[] ForwardShape(long[] shape) => shape;

    /// <summary>The shape that values of a shape are mapped back to.</summary>
    /// <param name="shape">The shape of what is mapped to.</param>
    public virtual long[] InverseShape(long[] shape) => shape;

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

    /// <summary>The same of a pair from earlier on; null where x is not mapped to y any more, as after a step of learning.</summary>
    /// <param name="x">The values.</param>
    /// <param name="y">What they were mapped to.</param>
    internal virtual Tensor? Recall(Tensor x, Tensor y)
    {
        if (IsFixed)
            return LogDetJacobian(x, y);
        Tensor now;
        using (no_grad())
            now = Forward(x);
        return Agree(now, y) ? LogDetJacobian(x, y) : null;
    }

    /// <summary>Whether two tensors are the same up to rounding.</summary>
    private protected static bool Agree(Tensor a, Tensor b)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tolerance = b.dtype == ScalarType.Float64 ? 1e-10 : 1e-5;
        return (a - b).abs().le((b.abs() + 1) * tolerance).all().Number<bool>();
    }
}
