using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of exp(Z) where Z is normal: log p(x) = −½((ln x − μ)/σ)² − ln σ − ln x − ½ ln 2π. Support: the positive numbers. Mean exp(μ
/// + σ²/2), variance (exp(σ²) − 1) exp(2μ + σ²).
/// </summary>
[Family(nameof(Constraints.Positive), Reparameterized = true, MeanField = true)]
public sealed class LogNormal : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mean of the logarithm.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public LogNormal(
        [Domain(nameof(Constraints.Real), Initial = 0)] TensorArg mu,
        [Domain(nameof(Constraints.Positive), Initial = 1)] TensorArg sigma,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, sigma), reparameterized)
    {
    }

    private LogNormal((Tensor Mu, Tensor Sigma) p, bool reparameterized)
        : base(Broadcast(nameof(LogNormal), p.Mu, p.Sigma), eventRank: 0, reparameterized) => (Mu, Sigma) = p;

    /// <summary>The mean of the logarithm.</summary>
    public Tensor Mu { get; }

    /// <summary>The standard deviation of the logarithm; positive.</summary>
    public Tensor Sigma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(LogNormal);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("sigma", Sigma, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => (Mu + Sigma.square() / 2).exp();

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Sigma.square().expm1() * (2 * Mu + Sigma.square()).exp();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, Sigma, (x, mu, sigma) =>
    {
        var inside = x.gt(0);
        return Where(inside, 0.5 * special.erfc((mu - Safe(x, inside, 1).log()) / (sigma * Logs.RootTwo)), 0);
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, Sigma, (p, mu, sigma) => (mu + sigma * special.ndtri(p)).exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => Mu + Sigma.log() + (Logs.HalfTwoPi + 0.5);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor sigma) => Fused<LogNormalDensity>.LogProb(x, mu, sigma);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor sigma) => Fused<LogNormalDensity>.LogPdf(x, mu, sigma);

    private static Tensor SampleOf(Tensor mu, Tensor sigma, Generator? generator) =>
        Noise.Positive(Normal.Sample(mu, sigma, generator).exp());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mean of the logarithm.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg sigma)
    {
        var (first, second) = TensorArg.Resolve(mu, sigma);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mean of the logarithm.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg sigma)
    {
        var (first, second) = TensorArg.Resolve(mu, sigma);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mean of the logarithm.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg sigma, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, sigma);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Sigma);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<LogNormalDensity>.Reduce(in reduction, x, Mu, Sigma);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new LogNormal((expansion.Of(Mu), expansion.Of(Sigma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Sigma, generator);
}
