using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// Zero with the probability g, and a count otherwise: log p(0) = ln(g + (1 − g) p(0)) and log p(x) = ln(1 − g) + ln p(x) elsewhere.
/// Mean (1 − g)μ, variance (1 − g)(σ² + gμ²). Not reparameterised; enumerable where the counts are.
/// </summary>
[Family(Discrete = true)]
public sealed class ZeroInflated : Distribution
{
    private readonly Distribution _counts;

    /// <summary>Creates the distribution.</summary>
    /// <param name="counts">The distribution of counts, such as <see cref="Poisson"/> or <see cref="NegativeBinomial"/>.</param>
    /// <param name="gate">The probability of an extra zero, from 0 to 1.</param>
    /// <exception cref="ArgumentException">The distribution is not one of counts, or the shapes do not broadcast.</exception>
    public ZeroInflated(
        Distribution counts,
        [Domain(nameof(Constraints.UnitInterval))] TensorArg gate) : this(Together(counts, gate.Like(counts.Leading)))
    {
    }

    private ZeroInflated((Distribution Counts, Tensor Gate) p)
        : base(p.Counts.Shape, eventRank: 0, reparameterized: false) => (_counts, Gate) = p;

    /// <summary>The probability of an extra zero.</summary>
    public Tensor Gate { get; }

    /// <inheritdoc/>
    public override string Name => $"{nameof(ZeroInflated)} {_counts.Name}";

    /// <inheritdoc/>
    public override bool Enumerable => _counts.Enumerable;

    /// <inheritdoc/>
    public override Constraint Support => _counts.Support;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("gate", Gate, Constraints.UnitInterval), .. _counts.Parameters];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => (1 - Gate) * _counts.AnalyticMean;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (1 - Gate) * (_counts.AnalyticVar + Gate * _counts.AnalyticMean.square());

    /// <inheritdoc/>
    protected internal override Tensor Leading => _counts.Leading;

    /// <inheritdoc/>
    protected internal override bool EventIsOfParameters => _counts.EventIsOfParameters;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport() => _counts.EnumerateSupport();

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var counted = _counts.LogDensity(x);
        var zero = x.eq(0);
        // ln(1 − (1 − g)(1 − p(0))), of which one form is exact where p(0) is large and the other where it is small.
        var likely = counted.gt(-1).logical_and(zero);
        var mostly = ((1 - Gate) * where(likely, counted, counted.new_zeros([])).expm1()).log1p();
        var either = Mixed.LogSum(stack([counted.zeros_like(), counted], -1), stack([Gate, 1 - Gate], -1));
        return where(zero, where(likely, mostly, either), (-where(zero, Gate.new_zeros([]), Gate)).log1p() + counted);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new ZeroInflated((_counts.With(expansion), expansion.Of(Gate)));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        var extra = Noise.Happens(Gate.expand(Shape), generator);
        return Where(extra.logical_not(), _counts.Sample(generator), 0);
    }

    private static (Distribution Counts, Tensor Gate) Together(Distribution counts, Tensor gate)
    {
        if (!counts.Support.IsDiscrete || counts.EventRank > 0)
            throw new ArgumentException($"{counts.Name} is no distribution of counts.", nameof(counts));
        var shape = Shapes.Broadcast(gate.Sizes(), counts.Shape) ?? throw new ArgumentException(
            $"The gate has shape {Shapes.Format(gate.Sizes())} and {counts.Name} {Shapes.Format(counts.Shape)}, which do not broadcast.", nameof(gate));
        return (shape.AsSpan().SequenceEqual(counts.Shape) ? counts : counts.Expand(shape), gate);
    }
}
