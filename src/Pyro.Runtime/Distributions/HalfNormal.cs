using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of |Z| where Z is normal with mean 0: log p(x) = ½ ln(2/π) − ln σ − ½(x/σ)². Support: the numbers from 0. Mean σ√(2/π),
/// variance σ²(1 − 2/π).
/// </summary>
[Family(nameof(Constraints.NonNegative), Reparameterized = true)]
public sealed class HalfNormal : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="sigma">The standard deviation of Z; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    public HalfNormal([Domain(nameof(Constraints.Positive))] TensorArg sigma, bool reparameterized = true)
        : this(sigma.Resolve(), reparameterized)
    {
    }

    private HalfNormal(Tensor p, bool reparameterized)
        : base(p.Sizes(), eventRank: 0, reparameterized) => Sigma = p;

    /// <summary>The standard deviation of Z; positive.</summary>
    public Tensor Sigma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(HalfNormal);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("sigma", Sigma, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Sigma * Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Sigma.square() * (1 - 2 / Math.PI);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Sigma, (x, sigma) => (x.clamp_min(0) / (sigma * Logs.RootTwo)).erf());

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Sigma, (p, sigma) =>
    {
        // By the nearer end, from which a probability has all its digits.
        var lower = p.lt(0.5);
        var (low, high) = (where(lower, p, p.new_zeros([])), where(lower, p.new_full([], 0.5), p));
        return sigma * where(lower, Logs.RootTwo * low.erfinv(), -special.ndtri((1 - high) / 2));
    });

    /// <inheritdoc/>
    public override Tensor Entropy() => Sigma.log() + (Logs.HalfTwoPi - Logs.Two + 0.5);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Sigma;

    private static Tensor LogProbOf(Tensor x, Tensor sigma) => Fused<HalfNormalDensity>.LogProb(x, sigma);

    private static Tensor LogPdfOf(Tensor x, Tensor sigma) => Fused<HalfNormalDensity>.LogPdf(x, sigma);

    private static Tensor SampleOf(Tensor sigma, Generator? generator) => Noise.Finite(sigma * Noise.Normal(sigma.Sizes(), sigma, generator).abs());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="sigma">The standard deviation of Z; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg sigma) => LogProbOf(x, sigma.Resolve());

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="sigma">The standard deviation of Z; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg sigma) => LogPdfOf(x, sigma.Resolve());

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="sigma">The standard deviation of Z; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg sigma, Generator? generator = null) => SampleOf(sigma.Resolve(), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Sigma);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<HalfNormalDensity>.Reduce(in reduction, x, Sigma);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new HalfNormal(expansion.Of(Sigma), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Sigma, generator);
}
