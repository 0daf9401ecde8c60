using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// A family of distributions at some parameters, which broadcast with each other. Samples have shape batch + event; the leftmost dimensions are the batch,
/// and the last dimension of the parameters is the event (a 0-dim parameter is a scalar event).
/// </summary>
public abstract class Distribution
{
    private long[]? _logProbShape;

    /// <summary>Creates a distribution.</summary>
    /// <param name="shape">The shape of a sample.</param>
    /// <param name="eventRank">How many of the last dimensions belong to one draw of the family: 0 for univariate ones.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    protected Distribution(long[] shape, int eventRank, bool reparameterized)
    {
        Shape = shape;
        EventRank = eventRank;
        Reparameterized = reparameterized;
    }

    /// <summary>The family's name.</summary>
    public abstract string Name { get; }

    /// <summary>The shape of a sample.</summary>
    public long[] Shape { get; }

    /// <summary>How many of the last dimensions belong to one draw of the family, and are summed by <see cref="LogProb"/>: 0 for univariate families.</summary>
    public int EventRank { get; }

    /// <summary>
    /// How many of the last dimensions <see cref="BatchLogPdf"/> sums: the family's own, and one at least where there is one. Where the last dimension of the parameters is
    /// one that samples do not have (the outcomes of <see cref="Categorical"/>, the components of <see cref="Mixture"/>), that is the event, and none is summed.
    /// </summary>
    public int EventDim => EventRank > 0 || EventIsOfParameters ? EventRank : Math.Min(1, Shape.Length);

    /// <summary>The shape without the event.</summary>
    public long[] BatchShape => Shape[..^EventDim];

    /// <summary>The shape of the event.</summary>
    public long[] EventShape => Shape[^EventDim..];

    /// <summary>Whether gradients flow through samples. A sample of one that is not is detached, and inference estimates its gradient by the score function.</summary>
    public bool Reparameterized { get; }

    /// <summary>Whether the support is finite, so that <see cref="EnumerateSupport"/> gives it.</summary>
    public virtual bool Enumerable => false;

    /// <summary>Where samples lie.</summary>
    public abstract Constraint Support { get; }

    /// <summary>The parameters with their domains.</summary>
    public abstract IReadOnlyList<DistributionParameter> Parameters { get; }

    /// <summary>The mean, of shape <see cref="Shape"/>.</summary>
    /// <exception cref="NotSupportedException">The family has no mean, or none in closed form.</exception>
    public virtual Tensor AnalyticMean => throw new NotSupportedException($"{Name} has no mean in closed form.");

    /// <summary>The variance, of shape <see cref="Shape"/>.</summary>
    /// <exception cref="NotSupportedException">The family has no variance, or none in closed form.</exception>
    public virtual Tensor AnalyticVar => throw new NotSupportedException($"{Name} has no variance in closed form.");

    /// <summary>The probability of values up to a number, element by element: 0 below the support, 1 above it.</summary>
    /// <param name="x">The numbers; broadcast with the parameters.</param>
    /// <exception cref="NotSupportedException">The family's distribution function has no closed form.</exception>
    public virtual Tensor Cdf(Tensor x) => throw new NotSupportedException($"{Name} has no distribution function in closed form.");

    /// <summary>The number up to which values have a probability, element by element: the inverse of <see cref="Cdf"/>.</summary>
    /// <param name="probability">The probabilities, from 0 to 1; broadcast with the parameters.</param>
    /// <exception cref="NotSupportedException">The family's quantiles have no closed form.</exception>
    public virtual Tensor Icdf(Tensor probability) => throw new NotSupportedException($"{Name} has no quantiles in closed form.");

    /// <summary>The entropy −E ln p in nats, of the shape of <see cref="LogProb"/>; by enumeration where the support is finite.</summary>
    /// <exception cref="NotSupportedException">The family's entropy has no closed form.</exception>
    public virtual Tensor Entropy()
    {
        if (!Enumerable)
            throw new NotSupportedException($"{Name} has no entropy in closed form.");
        var density = LogProb(EnumerateSupport());
        return -(density.exp() * where(density.isneginf(), density.new_zeros([]), density)).sum([0L]);
    }

    /// <summary>The shape of <see cref="LogProb"/> at a sample: without the family's own event.</summary>
    internal long[] LogProbShape => _logProbShape ??= EventRank == 0 ? Shape : Shape[..^EventRank];

    /// <summary>The same distribution without its masks, which leave what is drawn as it is.</summary>
    internal virtual Distribution Unmasked => this;

    /// <summary>What to do about a value outside the support, as a sentence; null where there is nothing to say but the obvious.</summary>
    internal virtual string? Remedy => null;

    /// <summary>The values that sites take, in words.</summary>
    internal virtual string Takes => Support.Description;

    /// <summary>A parameter whose device and dtype are those of samples.</summary>
    protected internal abstract Tensor Leading { get; }

    /// <summary>Whether the parameters' last dimension is the event and samples do not have it: then all dimensions of a univariate sample are the batch.</summary>
    protected internal virtual bool EventIsOfParameters => false;

    /// <summary>Draws a sample.</summary>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <returns>A tensor of shape <see cref="Shape"/>.</returns>
    public Tensor Sample(Generator? generator = null)
    {
        if (Reparameterized)
            return Draw(generator);
        using (no_grad())
            return Draw(generator);
    }

    /// <summary>The log density of values, keeping every dimension but the family's own event: element by element for univariate families.</summary>
    /// <param name="x">The values: of <see cref="Shape"/>, or with more dimensions on the left. Outside the support the result is −∞.</param>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor LogProb(Tensor x)
    {
        Check(x.Sizes());
        return LogDensity(x);
    }

    /// <summary>The log density of values, one number a batch element.</summary>
    /// <param name="x">The values: of <see cref="Shape"/>, or with more dimensions on the left.</param>
    /// <returns>A tensor of shape batch + (1,).</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor BatchLogPdf(Tensor x)
    {
        return OneABatchElement(LogProb(x));
    }

    /// <summary>A log density, one number a batch element.</summary>
    /// <param name="density">The log density, without the family's own event.</param>
    /// <returns>A tensor of shape batch + (1,).</returns>
    internal Tensor OneABatchElement(Tensor density) =>
        EventRank > 0 || EventIsOfParameters || density.dim() == 0 ? density.unsqueeze(-1) : density.sum(-1, keepdim: true);

    /// <summary>The log density of values, summed over everything: a 0-dim tensor.</summary>
    /// <param name="x">The values: of <see cref="Shape"/>, or with more dimensions on the left.</param>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor LogPdf(Tensor x)
    {
        Check(x.Sizes());
        return LogDensity(x, new Reduction(0));
    }

    /// <summary>All values of the support along a new first dimension, the same for each batch element.</summary>
    /// <returns>A tensor of shape (number of values) + <see cref="Shape"/>.</returns>
    /// <exception cref="NotSupportedException">The support is not finite.</exception>
    public virtual Tensor EnumerateSupport() => throw new NotSupportedException($"The support of {Name} is not finite.");

    /// <summary>The same distribution, repeated to a larger shape.</summary>
    /// <param name="batchShape">The shape of <see cref="LogProb"/> afterwards: all but the family's own event. What is there must broadcast to it.</param>
    /// <exception cref="ArgumentException">It does not.</exception>
    public Distribution Expand(params long[] batchShape)
    {
        if (!Shapes.ExpandsTo(LogProbShape, batchShape))
            throw new ArgumentException(
                $"{Name} of shape {Shapes.Format(LogProbShape)} does not expand to {Shapes.Format(batchShape)}.", nameof(batchShape));
        return With(new Expansion(batchShape, inner: 0));
    }

    /// <summary>The same distribution, with its last batch dimensions counted as one event: their log densities are summed.</summary>
    /// <param name="count">How many dimensions; all where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    public Distribution ToEvent(int? count = null)
    {
        var dimensions = count ?? LogProbShape.Length;
        ArgumentOutOfRangeException.ThrowIfNegative(dimensions, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimensions, LogProbShape.Length, nameof(count));
        return dimensions == 0 ? this : new Independent(this, dimensions);
    }

    /// <summary>The same distribution, whose log density is multiplied element by element. What is drawn stays as it is.</summary>
    /// <param name="mask">
    /// A tensor that broadcasts to the shape of <see cref="LogProb"/>: booleans, which say what elements count, or weights, finite numbers from 0 that the elements are multiplied
    /// with. An element of the weight 0 counts nothing, also where its log density is −∞ or NaN. Gradients flow into weights that require them.
    /// </param>
    /// <exception cref="ArgumentException">It does not broadcast, or has a weight that is negative, infinite or NaN.</exception>
    public Distribution Mask(Tensor mask) => new Masked(this, mask);

    /// <summary>Whether values of a shape can be scored: the distribution's own, or one with more dimensions on the left.</summary>
    /// <param name="shape">The values' shape.</param>
    internal bool Accepts(ReadOnlySpan<long> shape) =>
        Shapes.ExpandsTo(Shape, shape) && (EventRank == 0 || shape[^EventRank..].SequenceEqual(Shape.AsSpan(Shape.Length - EventRank)));

    /// <summary>The log density, for values whose shape is known to fit; integers and booleans count as numbers.</summary>
    /// <param name="x">The values.</param>
    internal Tensor LogDensity(Tensor x) => Density(Floating(x, Leading));

    /// <summary>The log density, reduced, for values whose shape is known to fit; integers and booleans count as numbers.</summary>
    /// <param name="x">The values.</param>
    /// <param name="reduction">What becomes of its elements.</param>
    internal Tensor LogDensity(Tensor x, in Reduction reduction) => reduction.LearnsWeights
        ? reduction.Of(LogDensity(x))
        : Reduce(Floating(x, Leading), in reduction);

    /// <summary>Values as numbers of floating point: integers and booleans in the dtype of a parameter.</summary>
    /// <param name="x">The values.</param>
    /// <param name="parameter">The parameter.</param>
    private protected static Tensor Floating(Tensor x, Tensor parameter) => x.is_floating_point() ? x : x.to_type(parameter.dtype);

    /// <summary>The tensor that stands for a value of the program; null for a value that none does.</summary>
    /// <param name="value">A tensor, or a value of the type that the family is over.</param>
    internal virtual Tensor? Encode(object value) => value as Tensor;

    /// <summary>The value of the program that a tensor stands for: of the type that the family is over, the tensor itself for others.</summary>
    /// <param name="value">The tensor; of several values an array.</param>
    internal virtual object Decode(Tensor value) => value;

    /// <summary>The log density, for values of floating point whose shape is known to fit.</summary>
    /// <param name="x">The values.</param>
    protected abstract Tensor Density(Tensor x);

    /// <summary>The log density, reduced, for values of floating point whose shape is known to fit.</summary>
    /// <param name="x">The values.</param>
    /// <param name="reduction">What becomes of its elements.</param>
    private protected virtual Tensor Reduce(Tensor x, in Reduction reduction) => reduction.Of(Density(x));

    /// <summary>The same distribution with its parameters expanded.</summary>
    /// <param name="expansion">What to apply to each parameter.</param>
    protected internal abstract Distribution With(in Expansion expansion);

    /// <summary>Draws a sample, differentiably if the family can.</summary>
    /// <param name="generator">The random numbers, or null.</param>
    protected abstract Tensor Draw(Generator? generator);

    /// <summary>A log density that is −∞ outside the support.</summary>
    /// <param name="density">The log density; anything but NaN outside, so that no gradient is.</param>
    /// <param name="inside">Which values are in the support.</param>
    protected static Tensor Restrict(Tensor density, Tensor inside) => Restricted.To(density, inside);

    /// <summary>Values, with those outside the support replaced by one inside before they meet a logarithm: then no gradient is NaN.</summary>
    /// <param name="x">The values.</param>
    /// <param name="inside">Which values are in the support.</param>
    /// <param name="value">The replacement.</param>
    protected static Tensor Safe(Tensor x, Tensor inside, double value) => Restricted.Safe(x, inside, value);

    /// <summary>Values, with those outside the support replaced by one inside.</summary>
    /// <param name="x">The values.</param>
    /// <param name="inside">Which values are in the support.</param>
    /// <param name="value">The replacement.</param>
    protected static Tensor Safe(Tensor x, Tensor inside, Tensor value) => where(inside, x, value);

    /// <summary>A tensor where a condition holds, and a number elsewhere.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="value">The tensor.</param>
    /// <param name="otherwise">The number.</param>
    protected static Tensor Where(Tensor condition, Tensor value, double otherwise) => where(condition, value, value.new_full([], otherwise));

    /// <summary>The same distribution with its parameters in double precision.</summary>
    internal Distribution Wide() => With(new Expansion(LogProbShape, inner: 0, wide: true));

    /// <summary>The integers below a number, along a new first dimension, for every batch element.</summary>
    /// <param name="count">The number.</param>
    /// <param name="dtype">Their dtype; the parameters' where none is given.</param>
    protected Tensor EnumerateIntegers(long count, ScalarType? dtype = null)
    {
        long[] column = [count, .. System.Linq.Enumerable.Repeat(1L, Shape.Length)];
        return arange(count, dtype ?? Leading.dtype, Leading.device).reshape(column).expand([count, .. Shape]);
    }

    /// <summary>The largest of some numbers of trials; 0 where there are none.</summary>
    /// <param name="trials">The numbers.</param>
    private protected static long Largest(Tensor trials)
    {
        using var scope = NewDisposeScope();
        return trials.numel() == 0 ? 0 : trials.max().to_type(ScalarType.Int64).Number<long>();
    }

    private void Check(long[] shape)
    {
        if (!Accepts(shape))
            throw new ArgumentException(
                $"The value has shape {Shapes.Format(shape)} and {Name} has shape {Shapes.Format(Shape)}. " +
                "Give a value of that shape, or one with more dimensions on the left.", "x");
    }

    /// <summary>The shape that three parameters broadcast to.</summary>
    /// <param name="family">The family's name, for the message.</param>
    /// <param name="a">A parameter.</param>
    /// <param name="b">Another.</param>
    /// <param name="c">A third.</param>
    /// <exception cref="ArgumentException">They do not broadcast.</exception>
    protected static long[] Broadcast(string family, Tensor a, Tensor b, Tensor c)
    {
        var third = c.Sizes();
        return Shapes.Broadcast(Broadcast(family, a, b), third) ?? throw new ArgumentException(
            $"The parameters of {family} have shapes {Shapes.Format(a.Sizes())}, {Shapes.Format(b.Sizes())} and {Shapes.Format(third)}, which do not broadcast.");
    }

    /// <summary>The shape that two parameters broadcast to.</summary>
    /// <param name="family">The family's name, for the message.</param>
    /// <param name="a">A parameter.</param>
    /// <param name="b">Another.</param>
    /// <exception cref="ArgumentException">They do not broadcast.</exception>
    protected static long[] Broadcast(string family, Tensor a, Tensor b)
    {
        var (first, second) = (a.Sizes(), b.Sizes());
        return Shapes.Broadcast(first, second) ?? throw new ArgumentException(
            $"The parameters of {family} have shapes {Shapes.Format(first)} and {Shapes.Format(second)}, which do not broadcast.");
    }
}
