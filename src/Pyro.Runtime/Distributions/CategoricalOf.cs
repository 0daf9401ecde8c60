using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// One of K values of any type T with probabilities p: log p(vₖ) = ln pₖ. A site of it gives a T: <c>var colour = Sample("colour", new Categorical&lt;string&gt;(ps, vs))</c>,
/// and <c>Observe("colour", colours, "red")</c> takes one. Inside, a value is its number, from 0 to K − 1 (Int64), as in <see cref="Categorical"/>: that is what
/// traces store and enumeration goes through. Not reparameterised; enumerable.
/// </summary>
/// <typeparam name="T">The values' type, such as a string, an enum or a record; its equality tells them apart.</typeparam>
[Family(nameof(Constraints.IntegersBelow), Enumerable = true)]
public sealed class Categorical<T> : Distribution where T : notnull
{
    private readonly Vocabulary<T> _vocabulary;

    /// <summary>Creates the distribution from probabilities and the values that have them.</summary>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="vs">The values, all different, in the order of the probabilities.</param>
    /// <exception cref="ArgumentException">A value is there twice, or the counts differ.</exception>
    public Categorical([Domain(nameof(Constraints.Simplex))] TensorArg ps, IReadOnlyList<T> vs) : this(vs, ps)
    {
    }

    /// <summary>Creates the distribution from values and their probabilities, or the logarithms of those.</summary>
    /// <param name="vs">The values, all different, in the order of the probabilities.</param>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">A value is there twice, the counts differ, or not exactly one of ps and logits is given.</exception>
    public Categorical(
        IReadOnlyList<T> vs,
        [Domain(nameof(Constraints.Simplex))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null) : this(new Categorical(ps, logits), new Vocabulary<T>(vs))
    {
    }

    private Categorical(Categorical index, Vocabulary<T> vocabulary) : base(index.Shape, eventRank: 0, reparameterized: false)
    {
        Index = index;
        _vocabulary = vocabulary;
        var count = index.Leading.Sizes()[^1];
        if (vocabulary.Values.Count != count)
            throw new ArgumentException($"There are {vocabulary.Values.Count} values and {count} probabilities.", "vs");
    }

    /// <summary>The distribution of the values' numbers.</summary>
    public Categorical Index { get; }

    /// <summary>The values, in the order of the probabilities: the support.</summary>
    public IReadOnlyList<T> Values => _vocabulary.Values;

    /// <inheritdoc/>
    public override string Name => nameof(Categorical);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <summary>The numbers of the values.</summary>
    public override Constraint Support => Index.Support;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Index.Parameters;

    /// <inheritdoc/>
    protected internal override Tensor Leading => Index.Leading;

    /// <inheritdoc/>
    protected internal override bool EventIsOfParameters => true;

    /// <summary>The value at a number.</summary>
    /// <param name="index">The number: one, as a tensor.</param>
    /// <exception cref="ArgumentException">There are several: take <see cref="ValuesOf"/>.</exception>
    public T ValueOf(Tensor index)
    {
        if (index.numel() != 1)
            throw new ArgumentException(
                $"There are {Shapes.Format(index.Sizes())} values. {nameof(ValuesOf)} gives them; in a vectorised plate, take it of Sample(name, colours.{nameof(Index)}).", nameof(index));
        using var number = index.to_type(ScalarType.Int64);
        return _vocabulary.At(number.Number<long>());
    }

    /// <summary>The values at numbers, in the tensor's order.</summary>
    /// <param name="indices">The numbers, of any shape.</param>
    public T[] ValuesOf(Tensor indices)
    {
        using var scope = NewDisposeScope();
        return Array.ConvertAll(indices.to_type(ScalarType.Int64).Numbers<long>(), _vocabulary.At);
    }

    /// <summary>The number of a value: a 0-dim tensor.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It is not one of <see cref="Values"/>.</exception>
    public Tensor IndexOf(T value) => tensor(_vocabulary.NumberOf(value), device: Leading.device);

    /// <summary>The numbers of values: of shape (count).</summary>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">One is not one of <see cref="Values"/>.</exception>
    public Tensor IndicesOf(IEnumerable<T> values) => TensorNumbers.Of(values.Select(_vocabulary.NumberOf).ToArray(), device: Leading.device);

    /// <summary>Draws a value. (A sample of <see cref="Index"/> is its number.)</summary>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">There is a batch of distributions: take <see cref="ValuesOf"/> of a sample of <see cref="Index"/>.</exception>
    public new T Sample(Generator? generator = null)
    {
        using var scope = NewDisposeScope();
        return ValueOf(Index.Sample(generator));
    }

    /// <summary>The log probability of a value: of the batch's shape, −∞ for what is not one of <see cref="Values"/>.</summary>
    /// <param name="value">The value.</param>
    public Tensor LogProb(T value) => Index.LogProb(tensor(_vocabulary.Find(value) ?? -1, device: Leading.device).expand(Shape));

    /// <inheritdoc/>
    public override Tensor EnumerateSupport() => Index.EnumerateSupport();

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => Index.LogDensity(x);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Index.LogDensity(x, in reduction);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Categorical<T>((Categorical)Index.With(expansion), _vocabulary);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Index.Sample(generator);

    /// <inheritdoc/>
    internal override string Takes => _vocabulary.ToString();

    /// <inheritdoc/>
    internal override Tensor? Encode(object value) => value switch
    {
        T one => _vocabulary.Find(one) is { } number ? tensor(number, device: Leading.device) : null,
        IEnumerable<T> several => several.All(one => _vocabulary.Find(one) is not null) ? IndicesOf(several) : null,
        _ => base.Encode(value),
    };

    /// <inheritdoc/>
    internal override object Decode(Tensor value) => value.dim() == 0 ? ValueOf(value) : ValuesOf(value);
}
