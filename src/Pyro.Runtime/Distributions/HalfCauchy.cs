using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The upper half of a Cauchy distribution: log p(x) = ln 2 − ln(πγ) − ln(1 + ((x − μ)/γ)²) for x ≥ μ. Support: the numbers from μ. No mean, no
/// variance.
/// </summary>
[Family(nameof(Constraints.AtLeast), "mu", Reparameterized = true)]
public sealed class HalfCauchy : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The lower end.</param>
    /// <param name="gamma">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public HalfCauchy(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg gamma,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, gamma), reparameterized)
    {
    }

    private HalfCauchy((Tensor Mu, Tensor Gamma) p, bool reparameterized)
        : base(Broadcast(nameof(HalfCauchy), p.Mu, p.Gamma), eventRank: 0, reparameterized) => (Mu, Gamma) = p;

    /// <summary>The lower end.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Gamma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(HalfCauchy);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.AtLeast(Mu);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("gamma", Gamma, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, Gamma, (x, mu, gamma) => ((x - mu) / gamma).clamp_min(0).atan() * (2 / Math.PI));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, Gamma, (p, mu, gamma) =>
        mu + gamma * where(p.lt(0.5), (Math.PI / 2 * p).tan(), 1 / (Math.PI / 2 * (1 - p)).tan()));

    /// <inheritdoc/>
    public override Tensor Entropy() => (Gamma.log() + (Logs.Two + Logs.Pi)).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor gamma) => Fused<HalfCauchyDensity>.LogProb(x, mu, gamma);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor gamma) => Fused<HalfCauchyDensity>.LogPdf(x, mu, gamma);

    private static Tensor SampleOf(Tensor mu, Tensor gamma, Generator? generator) =>
        Noise.Finite(mu + gamma * (Noise.Uniform(Broadcast(nameof(HalfCauchy), mu, gamma), mu, generator) * (Math.PI / 2)).tan());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The lower end.</param>
    /// <param name="gamma">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg gamma)
    {
        var (first, second) = TensorArg.Resolve(mu, gamma);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The lower end.</param>
    /// <param name="gamma">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg gamma)
    {
        var (first, second) = TensorArg.Resolve(mu, gamma);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The lower end.</param>
    /// <param name="gamma">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg gamma, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, gamma);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Gamma);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<HalfCauchyDensity>.Reduce(in reduction, x, Mu, Gamma);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new HalfCauchy((expansion.Of(Mu), expansion.Of(Gamma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Gamma, generator);
}
