using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of exp(Z) where Z is normal: log p(x) = −½((ln x − μ)/σ)² − ln σ − ln x − ½ ln 2π. Support: the positive numbers.
/// Mean exp(μ + σ²/2), variance (exp(σ²) − 1) exp(2μ + σ²).
/// </summary>
public sealed class LogNormal : Distribution
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mean of the logarithm.</param>
    /// <param name="sigma">The standard deviation of the logarithm; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public LogNormal(TensorArg mu, TensorArg sigma, bool reparameterized = true)
        : this(TensorArg.Resolve(mu, sigma), reparameterized)
    {
    }

    private LogNormal((Tensor Mu, Tensor Sigma) p, bool reparameterized)
        : base(Broadcast(nameof(LogNormal), p.Mu, p.Sigma), eventRank: 0, reparameterized) => (Mu, Sigma) = p;

    /// <summary>The mean of the logarithm.</summary>
    public Tensor Mu { get; }

    /// <summary>The standard deviation of the logarithm.</summary>
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
    public override Tensor AnalyticVar
    {
        get
        {
            var square = Sigma.square();
            return square.expm1() * (2 * Mu + square).exp();
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        // A value outside is replaced before it meets the logarithm, so that neither the density nor its gradient is NaN.
        var inside = x.gt(0);
        var log = where(inside, x, x.new_full([], 1)).log();
        var density = ((log - Mu) / Sigma).square() * -0.5 - Sigma.log() - log - HalfLogTwoPi;
        return Restrict(density, inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new LogNormal((expansion.Of(Mu), expansion.Of(Sigma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => (Mu + Sigma * Noise.Normal(Shape, Mu, generator)).exp();
}
