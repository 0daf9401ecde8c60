using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The upper half of a Cauchy distribution: log p(x) = ln 2 − ln(πγ) − ln(1 + ((x − μ)/γ)²) for x ≥ μ. Support: the numbers from μ.
/// No mean, no variance.
/// </summary>
public sealed class HalfCauchy : Distribution
{
    private const double LogTwoByPi = -0.45158270528945486473;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The lower end.</param>
    /// <param name="gamma">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public HalfCauchy(TensorArg mu, TensorArg gamma, bool reparameterized = true)
        : this(TensorArg.Resolve(mu, gamma), reparameterized)
    {
    }

    private HalfCauchy((Tensor Mu, Tensor Gamma) p, bool reparameterized)
        : base(Broadcast(nameof(HalfCauchy), p.Mu, p.Gamma), eventRank: 0, reparameterized) => (Mu, Gamma) = p;

    /// <summary>The lower end.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale.</summary>
    public Tensor Gamma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(HalfCauchy);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.AtLeast(Mu);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("gamma", Gamma, Constraints.Positive)];

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var density = LogTwoByPi - Gamma.log() - ((x - Mu) / Gamma).square().log1p();
        return Restrict(density, x.ge(Mu));
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new HalfCauchy((expansion.Of(Mu), expansion.Of(Gamma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) =>
        Mu + Gamma * (Noise.Uniform(Shape, Mu, generator) * (Math.PI / 2)).tan();
}
