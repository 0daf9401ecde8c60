using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Another distribution, of whose log density only some elements count: made by <see cref="Distribution.Mask"/>.</summary>
internal sealed class Masked : Distribution
{
    private readonly Distribution _inner;
    private readonly Tensor _mask;

    public Masked(Distribution inner, Tensor mask) : base(inner.Shape, inner.EventRank, inner.Reparameterized)
    {
        if (!Shapes.ExpandsTo(mask.Sizes(), inner.LogProbShape))
            throw new ArgumentException(
                $"The mask has shape {Shapes.Format(mask.Sizes())} and the log density of {inner.Name} {Shapes.Format(inner.LogProbShape)}. " +
                "Give a mask of that shape.", nameof(mask));
        _inner = inner;
        _mask = mask.dtype == ScalarType.Bool ? mask : mask.ne(0);
    }

    public override string Name => _inner.Name;

    public override bool Enumerable => _inner.Enumerable;

    public override Constraint Support => _inner.Support;

    public override IReadOnlyList<DistributionParameter> Parameters => _inner.Parameters;

    public override Tensor AnalyticMean => _inner.AnalyticMean;

    public override Tensor AnalyticVar => _inner.AnalyticVar;

    public override Tensor Cdf(Tensor x) => _inner.Cdf(x);

    public override Tensor Icdf(Tensor probability) => _inner.Icdf(probability);

    public override Tensor Entropy() => Where(_mask, _inner.Entropy(), 0);

    protected internal override Tensor Leading => _inner.Leading;

    internal override Distribution Unmasked => _inner.Unmasked;

    public override Tensor EnumerateSupport() => _inner.EnumerateSupport();

    internal override string Takes => _inner.Takes;

    internal override Tensor? Encode(object value) => _inner.Encode(value);

    internal override object Decode(Tensor value) => _inner.Decode(value);

    protected override Tensor Density(Tensor x) => Where(_mask, _inner.LogDensity(x), 0);

    private protected override Tensor Reduce(Tensor x, in Reduction reduction) =>
        _inner.LogDensity(x, reduction with { Mask = reduction.Mask is { } mask ? mask.logical_and(_mask) : _mask });

    protected internal override Distribution With(in Expansion expansion) => new Masked(_inner.With(expansion), expansion.Of(_mask));

    protected override Tensor Draw(Generator? generator) => _inner.Sample(generator);
}
