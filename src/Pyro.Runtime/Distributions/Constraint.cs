using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>A set that values lie in: the support of a distribution, the domain of a parameter.</summary>
/// <param name="name">The name, as <see cref="Constraints"/> has it.</param>
/// <param name="description">The set in words and symbols, for messages.</param>
/// <param name="eventRank">How many of the last dimensions one element of the set has: 0 for numbers.</param>
/// <param name="isDiscrete">Whether the set is one of isolated points.</param>
public abstract class Constraint(string name, string description, int eventRank, bool isDiscrete)
{
    /// <summary>The name, as <see cref="Constraints"/> has it.</summary>
    public string Name { get; } = name;

    /// <summary>The set in words and symbols, for messages.</summary>
    public string Description { get; } = description;

    /// <summary>How many of the last dimensions one element of the set has: 0 for numbers.</summary>
    public int EventRank { get; } = eventRank;

    /// <summary>Whether the set is one of isolated points.</summary>
    public bool IsDiscrete { get; } = isDiscrete;

    /// <summary>Which values lie in the set: a boolean tensor without the dimensions of <see cref="EventRank"/>. NaN lies in none.</summary>
    /// <param name="value">The values.</param>
    public abstract Tensor Check(Tensor value);

    /// <summary>The bijection from all reals onto the set, which parameters and inference use.</summary>
    /// <exception cref="NotSupportedException">The set is discrete.</exception>
    public virtual Bijector TransformTo() => throw new NotSupportedException($"No bijection leads from the reals onto {Description}.");

    /// <summary>Values of a shape that lie in the set.</summary>
    /// <param name="like">A tensor of that shape.</param>
    /// <exception cref="NotSupportedException">The set is discrete.</exception>
    internal virtual Tensor Example(Tensor like)
    {
        var map = TransformTo();
        return map.Forward(like.new_zeros(map.InverseShape(like.Sizes())));
    }

    /// <summary>
    /// What a map onto the set has made, inside the set: where rounding has brought a value to the edge or to infinity it becomes the nearest number inside.
    /// NaN stays NaN.
    /// </summary>
    /// <param name="value">The values, which nobody else has yet.</param>
    internal virtual Tensor Settle(Tensor value) => value;

    /// <summary>Looks for a value outside the set.</summary>
    /// <param name="value">The values.</param>
    /// <returns>The first one outside as text, or null when all are inside.</returns>
    public virtual string? Find(Tensor value)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        value = Distinct(value);
        var inside = Check(value);
        return inside.numel() == 0 || inside.all().Number<bool>() ? null : FirstOf(value, inside.logical_not());
    }

    /// <summary>The first of some values as text; null for none.</summary>
    /// <param name="value">The values.</param>
    /// <param name="chosen">Which: booleans, without the dimensions of <see cref="EventRank"/>, and with as many others as the values have or more.</param>
    internal string? FirstOf(Tensor value, Tensor chosen)
    {
        using var scope = NewDisposeScope();
        if (chosen.numel() == 0 || !chosen.any().Number<bool>())
            return null;
        var first = chosen.reshape(-1).to_type(ScalarType.Int64).argmax().Number<long>();
        var shape = value.Sizes();
        long[] own = shape[^EventRank..];
        var flat = value.expand([.. chosen.Sizes(), .. own]).reshape([-1, .. own])[first].to_type(ScalarType.Float64);
        var numbers = flat.Numbers<double>();
        var text = EventRank == 0
            ? Numbers.Format(numbers[0])
            : $"[{string.Join(", ", numbers.Take(8).Select(Numbers.Format))}{(numbers.Length > 8 ? ", …" : "")}]";
        return Why(numbers) is { } why ? $"{text} ({why})" : text;
    }

    // What is repeated along a dimension need not be looked at again.
    private protected Tensor Distinct(Tensor value)
    {
        if (value.is_contiguous())
            return value;
        var (shape, strides) = (value.Sizes(), value.Strides());
        for (var dim = 0; dim < shape.Length - EventRank; dim++)
            if (strides[dim] == 0 && shape[dim] > 1)
                value = value.narrow(dim, 0, 1);
        return value;
    }

    /// <summary>What of an element is outside of the set; null where its numbers tell enough.</summary>
    /// <param name="numbers">The numbers of one element that is outside.</param>
    private protected virtual string? Why(double[] numbers) => null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
