using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Gumbel distribution: with z = (x − μ)/β, log p(x) = −z − exp(−z) − ln β. Support: the finite numbers. Mean μ + γβ where γ = 0.5772…,
/// variance π²β²/6.
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true)]
public sealed class Gumbel : Distribution
{
    private const double EulerGamma = 0.57721566490153286061;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Gumbel(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg beta,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, beta), reparameterized)
    {
    }

    private Gumbel((Tensor Mu, Tensor Beta) p, bool reparameterized)
        : base(Broadcast(nameof(Gumbel), p.Mu, p.Beta), eventRank: 0, reparameterized) => (Mu, Beta) = p;

    /// <summary>The mode.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Beta { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Gumbel);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("beta", Beta, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu + Beta * EulerGamma;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (Beta.square() * (Math.PI * Math.PI / 6)).expand(Shape);

    // Nothing is left of exp(−exp 80).
    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, Beta, (x, mu, beta) => (-((mu - x) / beta).clamp_max(80).exp()).exp());

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, Beta, (p, mu, beta) => mu - beta * (-p.log()).log());

    /// <inheritdoc/>
    public override Tensor Entropy() => (Beta.log() + (1 + Logs.EulerGamma)).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor beta) => Fused<GumbelDensity>.LogProb(x, mu, beta);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor beta) => Fused<GumbelDensity>.LogPdf(x, mu, beta);

    private static Tensor SampleOf(Tensor mu, Tensor beta, Generator? generator) =>
        Noise.Finite(mu - beta * (-Noise.OpenUniform(Broadcast(nameof(Gumbel), mu, beta), mu, generator).log()).log());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(mu, beta);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(mu, beta);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg beta, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, beta);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Beta);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<GumbelDensity>.Reduce(in reduction, x, Mu, Beta);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Gumbel((expansion.Of(Mu), expansion.Of(Beta)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Beta, generator);
}
