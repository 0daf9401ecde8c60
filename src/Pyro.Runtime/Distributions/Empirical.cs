using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of weighted samples: each distinct value has the weight of the samples that have it. A value is one draw, whatever its shape; enumerable.
/// </summary>
public sealed class Empirical : Distribution
{
    // What expansions act on: one value, repeated along the batch.
    private readonly Tensor _leading;

    /// <summary>Creates the distribution.</summary>
    /// <param name="values">The samples along the first dimension: a tensor of shape (count, …).</param>
    /// <param name="logWeights">The logarithms of their weights, of shape (count), up to a constant; all alike where none are given.</param>
    /// <exception cref="ArgumentException">There are no samples, the counts differ, or no weight is positive.</exception>
    public Empirical(Tensor values, Tensor? logWeights = null) : this(Merge(values, logWeights))
    {
    }

    private Empirical((Tensor Values, Tensor LogPs) distinct) : this(distinct.Values, distinct.LogPs, distinct.Values[0])
    {
    }

    private Empirical(Tensor values, Tensor logPs, Tensor leading) : base(leading.Sizes(), (int)values.dim() - 1, reparameterized: false)
    {
        Values = values;
        LogPs = logPs;
        _leading = leading;
    }

    /// <summary>The distinct values, in the order in which the samples have them: a tensor of shape (count, …).</summary>
    public Tensor Values { get; }

    /// <summary>The logarithms of their probabilities: a float64 tensor of shape (count).</summary>
    public Tensor LogPs { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Empirical);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor AnalyticMean
    {
        get
        {
            using var scope = NewDisposeScope();
            return scope.MoveToOuter(Moment(Values.to_type(ScalarType.Float64)).expand(Shape));
        }
    }

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            using var scope = NewDisposeScope();
            var values = Values.to_type(ScalarType.Float64);
            return scope.MoveToOuter(Moment((values - Moment(values)).square()).expand(Shape));
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => _leading.is_floating_point() ? _leading : LogPs;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport()
    {
        long[] column = [Values.Sizes()[0], .. System.Linq.Enumerable.Repeat(1L, Shape.Length - EventRank), .. Values.Sizes().AsSpan(1)];
        return Values.reshape(column).expand([Values.Sizes()[0], .. Shape]);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var shape = x.Sizes();
        var size = Values[0].numel();
        var leading = shape[..^EventRank];
        var count = leading.Aggregate(1L, (product, length) => product * length);
        var hits = x.reshape(count, 1, size).eq(Values.to_type(x.dtype).reshape(1, -1, size)).all(-1);
        return Where(hits, LogPs.unsqueeze(0).expand(hits.Sizes()), double.NegativeInfinity).logsumexp(-1).reshape(leading);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Empirical(Values, LogPs, expansion.Of(_leading, EventRank));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        var batch = Shape[..^EventRank];
        var count = batch.Aggregate(1L, (product, size) => product * size);
        if (count == 0)
            return Values.new_empty(Shape);
        return Values.index_select(0, Exactly.Wide(LogPs).exp().multinomial(count, replacement: true, generator: generator)).reshape(Shape);
    }

    private Tensor Moment(Tensor values) => (values * LogPs.exp().reshape([-1, .. System.Linq.Enumerable.Repeat(1L, EventRank)])).sum([0L]);

    private static (Tensor Values, Tensor LogPs) Merge(Tensor values, Tensor? logWeights)
    {
        if (values.dim() == 0 || values.Sizes()[0] == 0)
            throw new ArgumentException("There are no samples. Give a tensor with the samples along its first dimension.", nameof(values));
        var count = values.Sizes()[0];
        if (logWeights is not null && (logWeights.dim() != 1 || logWeights.Sizes()[0] != count))
            throw new ArgumentException(
                $"There are {count} samples and the weights have shape {Shapes.Format(logWeights.Sizes())}. Give one weight a sample.", nameof(logWeights));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        values = values.detach();
        var groups = Groups(values, out var first);
        var numbers = logWeights is null ? new double[count] : logWeights.detach().to_type(ScalarType.Float64).Numbers<double>();
        var largest = numbers.Max();
        if (!double.IsFinite(largest))
            throw new ArgumentException("No sample has a positive, finite weight.", nameof(logWeights));
        var weights = new double[first.Count];
        for (var i = 0; i < count; i++)
            weights[groups[i]] += Math.Exp(numbers[i] - largest);
        var total = weights.Sum();
        var logPs = Array.ConvertAll(weights, weight => Math.Log(weight / total));
        return scope.MoveToOuter(values.index_select(0, TensorNumbers.Of(first.ToArray(), device: values.device)), TensorNumbers.Of(logPs, device: values.device));
    }

    /// <summary>The number of each sample's group; samples of one group have the same bytes. The first of each group stands for it.</summary>
    private static int[] Groups(Tensor values, out List<long> first)
    {
        var here = values.contiguous().cpu();
        var bytes = here.bytes.ToArray();
        GC.KeepAlive(here);
        var groups = new int[values.Sizes()[0]];
        var stride = bytes.Length / groups.Length;
        var known = new Dictionary<ReadOnlyMemory<byte>, int>(new SameBytes());
        first = [];
        for (var i = 0; i < groups.Length; i++)
        {
            ref var group = ref CollectionsMarshal.GetValueRefOrAddDefault(known, bytes.AsMemory(i * stride, stride), out var exists);
            if (!exists)
            {
                group = first.Count;
                first.Add(i);
            }
            groups[i] = group;
        }
        return groups;
    }

    private sealed class SameBytes : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> memory)
        {
            var hash = new HashCode();
            hash.AddBytes(memory.Span);
            return hash.ToHashCode();
        }
    }
}
