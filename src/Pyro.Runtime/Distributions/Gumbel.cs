using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Gumbel distribution: with z = (x − μ)/β, log p(x) = −z − exp(−z) − ln β. Support: the finite numbers. Mean μ + γβ where γ = 0.5772…,
/// variance π²β²/6.
/// </summary>
public sealed class Gumbel : Distribution
{
    private const double EulerGamma = 0.57721566490153286061;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Gumbel(TensorArg mu, TensorArg beta, bool reparameterized = true)
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

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, Tensor mu, Tensor beta)
    {
        // exp 1000 is ∞ already: from there on z, which is −∞ in the end, adds nothing to it.
        var z = (x - mu) / beta;
        var far = z.lt(-1000);
        var none = z.new_zeros([]);
        return -where(far, where(far, -z, none).exp(), 1 + Logs.ExpRest(where(far, none, -z))) - beta.log();
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, Tensor mu, Tensor beta) => LogProb(x, mu, beta).sum();

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mode.</param>
    /// <param name="beta">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(Tensor mu, Tensor beta, Generator? generator = null) =>
        Noise.Finite(mu - beta * (-Noise.OpenUniform(Broadcast(nameof(Gumbel), mu, beta), mu, generator).log()).log());

    /// <inheritdoc cref="LogProb(Tensor, Tensor, Tensor)"/>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(mu, beta);
        return LogProb(x, first, second);
    }

    /// <inheritdoc cref="LogPdf(Tensor, Tensor, Tensor)"/>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(mu, beta);
        return LogPdf(x, first, second);
    }

    /// <inheritdoc cref="Sample(Tensor, Tensor, Generator?)"/>
    public static Tensor Sample(TensorArg mu, TensorArg beta, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, beta);
        return Sample(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, Mu, Beta);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Gumbel((expansion.Of(Mu), expansion.Of(Beta)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(Mu, Beta, generator);
}
