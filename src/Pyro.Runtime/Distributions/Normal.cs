using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The normal distribution: log p(x) = −½((x − μ)/σ)² − ln σ − ½ ln 2π. Support: the finite numbers. Mean μ, variance σ².
/// </summary>
public sealed class Normal : Distribution
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="sigma">The standard deviation; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Normal(TensorArg mu, TensorArg sigma, bool reparameterized = true)
        : this(TensorArg.Resolve(mu, sigma), reparameterized)
    {
    }

    private Normal((Tensor Mu, Tensor Sigma) p, bool reparameterized)
        : base(Broadcast(nameof(Normal), p.Mu, p.Sigma), eventRank: 0, reparameterized) => (Mu, Sigma) = p;

    /// <summary>The mean.</summary>
    public Tensor Mu { get; }

    /// <summary>The standard deviation.</summary>
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
    protected internal override Tensor Leading => Mu;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => ((x - Mu) / Sigma).square() * -0.5 - Sigma.log() - HalfLogTwoPi;

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Normal((expansion.Of(Mu), expansion.Of(Sigma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Mu + Sigma * Noise.Normal(Shape, Mu, generator);
}
