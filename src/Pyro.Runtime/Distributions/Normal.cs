using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The normal distribution: log p(x) = −½((x − μ)/σ)² − ln σ − ½ ln 2π. Support: the finite numbers. Mean μ, variance σ².
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true, MeanField = true)]
public sealed class Normal : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="sigma">The standard deviation; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Normal(
        [Domain(nameof(Constraints.Real), Initial = 0)] TensorArg mu,
        [Domain(nameof(Constraints.Positive), Initial = 1)] TensorArg sigma,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, sigma), reparameterized)
    {
    }

    private Normal((Tensor Mu, Tensor Sigma) p, bool reparameterized)
        : base(Broadcast(nameof(Normal), p.Mu, p.Sigma), eventRank: 0, reparameterized) => (Mu, Sigma) = p;

    /// <summary>The mean.</summary>
    public Tensor Mu { get; }

    /// <summary>The standard deviation; positive.</summary>
    public Tensor Sigma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Normal);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("sigma", Sigma, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu.expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Sigma.square().expand(Shape);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, Sigma, (x, mu, sigma) => 0.5 * special.erfc((mu - x) / (sigma * Logs.RootTwo)));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, Sigma, (p, mu, sigma) => mu + sigma * special.ndtri(p));

    /// <inheritdoc/>
    public override Tensor Entropy() => (Sigma.log() + (Logs.HalfTwoPi + 0.5)).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor sigma) => Fused<NormalDensity>.LogProb(x, mu, sigma);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor sigma) => Fused<NormalDensity>.LogPdf(x, mu, sigma);

    private static Tensor SampleOf(Tensor mu, Tensor sigma, Generator? generator) =>
        Noise.Finite(mu + sigma * Noise.Normal(Broadcast(nameof(Normal), mu, sigma), mu, generator));

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="sigma">The standard deviation; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg sigma)
    {
        var (first, second) = TensorArg.Resolve(mu, sigma);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="sigma">The standard deviation; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg sigma)
    {
        var (first, second) = TensorArg.Resolve(mu, sigma);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="sigma">The standard deviation; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg sigma, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, sigma);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Sigma);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<NormalDensity>.Reduce(in reduction, x, Mu, Sigma);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Normal((expansion.Of(Mu), expansion.Of(Sigma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Sigma, generator);
}
