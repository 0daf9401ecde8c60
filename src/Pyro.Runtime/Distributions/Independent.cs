using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Another distribution, some of whose batch dimensions count as one event: made by <see cref="Distribution.ToEvent"/>.</summary>
internal sealed class Independent : Distribution
{
    private readonly Distribution _inner;
    private readonly int _count;

    /// <summary>The distribution whose dimensions became the event's.</summary>
    public Distribution Inner => _inner;

    /// <summary>How many dimensions did.</summary>
    public int Count => _count;

    public Independent(Distribution inner, int count) : base(inner.Shape, inner.EventRank + count, inner.Reparameterized)
    {
        _inner = inner;
        _count = count;
    }

    public override string Name => _inner.Name;

    public override Constraint Support => _inner.Support;

    public override IReadOnlyList<DistributionParameter> Parameters => _inner.Parameters;

    public override Tensor AnalyticMean => _inner.AnalyticMean;

    public override Tensor AnalyticVar => _inner.AnalyticVar;

    public override Tensor Entropy()
    {
        var entropy = _inner.Entropy();
        for (var i = 0; i < _count; i++)
            entropy = entropy.sum(-1);
        return entropy;
    }

    protected internal override Tensor Leading => _inner.Leading;

    internal override Distribution Unmasked => _inner.Unmasked is var inner && ReferenceEquals(inner, _inner) ? this : new Independent(inner, _count);

    internal override string? Remedy => _inner.Remedy;

    internal override string Takes => _inner.Takes;

    internal override Tensor? Encode(object value) => _inner.Encode(value);

    internal override object Decode(Tensor value) => _inner.Decode(value);

    protected override Tensor Density(Tensor x) => Reduce(x, new Reduction(Reduction.All));

    private protected override Tensor Reduce(Tensor x, in Reduction reduction)
    {
        var kept = Math.Min(reduction.Kept, (int)x.dim() - EventRank);
        var mask = reduction.Mask;
        for (var i = 0; i < _count && mask is not null; i++)
            mask = mask.unsqueeze(-1);
        return _inner.LogDensity(x, reduction with { Kept = kept, Mask = mask });
    }

    protected internal override Distribution With(in Expansion expansion)
    {
        // The dimensions that have become the event's stay as they are, on the right of what is expanded.
        var own = _inner.LogProbShape;
        return new Independent(_inner.With(expansion.Before(own.AsSpan(own.Length - _count))), _count);
    }

    protected override Tensor Draw(Generator? generator) => _inner.Sample(generator);
}
