using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// One of K values of any type with probabilities p: the typed view of <see cref="Index"/>, which is what sites hold. In a model:
/// <c>var colour = colours.ValueOf(Sample("colour", colours.Index))</c>, and <c>Observe("colour", colours.Index, colours.IndexOf(Colour.Red))</c>.
/// </summary>
/// <typeparam name="T">The values' type; its equality tells them apart.</typeparam>
public sealed class Categorical<T> where T : notnull
{
    private readonly Dictionary<T, long> _indices;

    /// <summary>Creates the distribution from values and their probabilities, or the logarithms of those.</summary>
    /// <param name="vs">The values, all different, in the order of the probabilities.</param>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">A value is there twice, the counts differ, or not exactly one of ps and logits is given.</exception>
    public Categorical(IReadOnlyList<T> vs, TensorArg? ps = null, TensorArg? logits = null)
    {
        Index = new Categorical(ps, logits);
        var count = Index.Leading.shape[^1];
        if (vs.Count != count)
            throw new ArgumentException($"There are {vs.Count} values and {count} probabilities.", nameof(vs));
        Values = [.. vs];
        _indices = new Dictionary<T, long>(vs.Count);
        foreach (var value in vs)
            if (!_indices.TryAdd(value, _indices.Count))
                throw new ArgumentException($"The value {value} is there twice. Add up its probabilities.", nameof(vs));
    }

    /// <summary>The distribution of the values' numbers.</summary>
    public Categorical Index { get; }

    /// <summary>The values, in the order of the probabilities: the support.</summary>
    public IReadOnlyList<T> Values { get; }

    /// <summary>The value at a number.</summary>
    /// <param name="index">The number: a 0-dim tensor, as <see cref="Index"/> draws it.</param>
    public T ValueOf(Tensor index) => Values[checked((int)index.to_type(ScalarType.Int64).item<long>())];

    /// <summary>The values at numbers, in the tensor's order.</summary>
    /// <param name="indices">The numbers, of any shape.</param>
    public T[] ValuesOf(Tensor indices) =>
        Array.ConvertAll(indices.to_type(ScalarType.Int64).cpu().contiguous().reshape(-1).data<long>().ToArray(), index => Values[checked((int)index)]);

    /// <summary>The number of a value: a 0-dim tensor.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It is not one of <see cref="Values"/>.</exception>
    public Tensor IndexOf(T value) => tensor(
        _indices.TryGetValue(value, out var index) ? index : throw new ArgumentException($"{value} is not one of the {Values.Count} values.", nameof(value)),
        device: Index.Leading.device);

    /// <summary>The numbers of values: of shape (count).</summary>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">One is not one of <see cref="Values"/>.</exception>
    public Tensor IndicesOf(IEnumerable<T> values) => stack(values.Select(IndexOf));

    /// <summary>Draws a value.</summary>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="InvalidOperationException">There is a batch of distributions: take <see cref="ValuesOf"/> of a sample of <see cref="Index"/>.</exception>
    public T Sample(Generator? generator = null) => Index.Shape.Length == 0
        ? ValueOf(Index.Sample(generator))
        : throw new InvalidOperationException($"There are {Shapes.Format(Index.Shape)} distributions. Take {nameof(ValuesOf)} of a sample of {nameof(Index)}.");

    /// <summary>The log probability of a value: of the batch's shape, −∞ for what is not one of <see cref="Values"/>.</summary>
    /// <param name="value">The value.</param>
    public Tensor LogProb(T value) => Index.LogProb(
        tensor(_indices.TryGetValue(value, out var index) ? index : -1, device: Index.Leading.device).expand(Index.Shape));
}
