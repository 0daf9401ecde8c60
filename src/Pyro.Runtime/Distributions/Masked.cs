using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Another distribution, whose log density is weighed element by element: made by <see cref="Distribution.Mask"/>.</summary>
internal sealed class Masked : Distribution
{
    public Masked(Distribution inner, Tensor mask) : base(inner.Shape, inner.EventRank, inner.Reparameterized)
    {
        if (!Shapes.ExpandsTo(mask.Sizes(), inner.LogProbShape))
            throw new ArgumentException(
                $"The mask has shape {Shapes.Format(mask.Sizes())} and the log density of {inner.Name} {Shapes.Format(inner.LogProbShape)}. " +
                (Shapes.Broadcast(mask.Sizes(), inner.LogProbShape) is { } both
                    ? $"Make the distribution as large first: .Expand({string.Join(", ", both)}).Mask(…)."
                    : "Give a mask that broadcasts to that shape."), nameof(mask));
        Inner = inner;
        Weights = Distributions.Weights.Of(mask);
    }

    /// <summary>The distribution that is masked.</summary>
    public Distribution Inner { get; }

    /// <summary>The mask: booleans, or weights from 0.</summary>
    public Tensor Weights { get; }

    public override string Name => Inner.Name;

    public override bool Enumerable => Inner.Enumerable;

    public override Constraint Support => Inner.Support;

    public override IReadOnlyList<DistributionParameter> Parameters => Inner.Parameters;

    public override Tensor AnalyticMean => Inner.AnalyticMean;

    public override Tensor AnalyticVar => Inner.AnalyticVar;

    public override Tensor Cdf(Tensor x) => Inner.Cdf(x);

    public override Tensor Icdf(Tensor probability) => Inner.Icdf(probability);

    public override Tensor Entropy() => new Reduction(Reduction.All, Weights).Of(Inner.Entropy());

    protected internal override Tensor Leading => Inner.Leading;

    protected internal override bool EventIsOfParameters => Inner.EventIsOfParameters;

    internal override Distribution Unmasked => Inner.Unmasked;

    public override Tensor EnumerateSupport() => Inner.EnumerateSupport();

    internal override string? Remedy => Inner.Remedy;

    internal override string Takes => Inner.Takes;

    internal override Tensor? Encode(object value) => Inner.Encode(value);

    internal override object Decode(Tensor value) => Inner.Decode(value);

    protected override Tensor Density(Tensor x) => Reduce(x, new Reduction(Reduction.All));

    private protected override Tensor Reduce(Tensor x, in Reduction reduction) =>
        Inner.LogDensity(x, reduction with { Mask = reduction.Mask is { } mask ? Reduction.Both(mask, Weights) : Weights });

    protected internal override Distribution With(in Expansion expansion) => new Masked(Inner.With(expansion), expansion.Of(Weights));

    protected override Tensor Draw(Generator? generator) => Inner.Sample(generator);
}
