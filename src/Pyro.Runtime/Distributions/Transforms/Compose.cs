using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>Maps one after the other.</summary>
/// <param name="parts">The maps, first to last.</param>
public sealed class Compose(params Bijector[] parts) : Bijector
{
    /// <inheritdoc/>
    public override int EventRank => parts.Length == 0 ? 0 : parts.Max(part => part.EventRank);

    /// <inheritdoc/>
    public override Constraint Range => ImageConstraint.Of(Constraints.Real, parts);

    /// <inheritdoc/>
    public override bool KeepsSource => parts.All(part => part.KeepsSource);

    /// <summary>The maps, first to last, those of inner ones included.</summary>
    public IEnumerable<Bijector> Parts => parts.SelectMany(part => part is Compose inner ? inner.Parts : [part]);

    /// <inheritdoc/>
    public override long[] ForwardShape(long[] shape)
    {
        foreach (var part in parts)
            shape = part.ForwardShape(shape);
        return shape;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (var part in parts)
            x = part.Forward(x);
        return x;
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        for (var i = parts.Length - 1; i >= 0; i--)
            y = parts[i].Inverse(y);
        return y;
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        Tensor? total = null;
        for (var i = 0; i < parts.Length; i++)
        {
            var next = i == parts.Length - 1 ? y : parts[i].Forward(x);
            var term = parts[i].LogDetJacobian(x, next);
            for (var rank = parts[i].EventRank; rank < EventRank; rank++)
                term = term.sum(-1);
            total = total is null ? term : total + term;
            x = next;
        }
        return total ?? x.zeros_like();
    }
}
