using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>Maps one after the other.</summary>
public sealed class Compose : Bijector
{
    private readonly Bijector[] _parts;
    private Constraint? _range;

    /// <summary>Creates the map.</summary>
    /// <param name="parts">The maps, first to last.</param>
    /// <exception cref="ArgumentException">One takes vectors of another size than those before it give.</exception>
    public Compose(params Bijector[] parts)
    {
        _parts = parts;
        long? size = null;
        foreach (var part in Parts)
        {
            if (part.InputSize is { } taken)
            {
                if (size is { } given && given != taken)
                    throw new ArgumentException(
                        $"{part.GetType().Name} takes vectors of {taken}, and the maps before it give vectors of {given}. Give it that size, or put it elsewhere.", nameof(parts));
                size = taken;
            }
            if (size is { } known)
                size = part.ForwardShape([known, known])[^1];
        }
    }

    /// <inheritdoc/>
    public override int EventRank => _parts.Length == 0 ? 0 : _parts.Max(part => part.EventRank);

    /// <inheritdoc/>
    public override Constraint Range => ImageConstraint.Of(Constraints.Real, _parts);

    /// <inheritdoc/>
    public override bool KeepsSource => _parts.All(part => part.KeepsSource);

    /// <inheritdoc/>
    internal override bool IsFixed => _parts.All(part => part.IsFixed);

    /// <summary>The maps, first to last, those of inner ones included.</summary>
    public IEnumerable<Bijector> Parts => _parts.SelectMany(part => part is Compose inner ? inner.Parts : [part]);

    /// <inheritdoc/>
    public override long[] ForwardShape(long[] shape)
    {
        foreach (var part in Parts)
        {
            if (part.InputSize is { } size && (shape.Length == 0 || shape[^1] != size))
                throw new ArgumentException($"{part.GetType().Name} takes vectors of {size}, and is given values of shape {Shapes.Format(shape)}.", nameof(shape));
            shape = part.ForwardShape(shape);
        }
        return shape;
    }

    /// <inheritdoc/>
    public override long[] InverseShape(long[] shape)
    {
        for (var i = _parts.Length - 1; i >= 0; i--)
            shape = _parts[i].InverseShape(shape);
        return shape;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (var part in _parts)
            x = part.Forward(x);
        return (_range ??= Range).Settle(x);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        for (var i = _parts.Length - 1; i >= 0; i--)
            y = _parts[i].Inverse(y);
        return y;
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        Tensor? total = null;
        for (var i = 0; i < _parts.Length; i++)
        {
            var next = i == _parts.Length - 1 ? y : _parts[i].Forward(x);
            var term = _parts[i].LogDetJacobian(x, next);
            for (var rank = _parts[i].EventRank; rank < EventRank; rank++)
                term = term.sum(-1);
            total = total is null ? term : total + term;
            x = next;
        }
        return total ?? x.zeros_like();
    }
}
