using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The logistic distribution: with z = (x − μ)/s, log p(x) = −z − ln s − 2 ln(1 + exp(−z)). Support: the finite numbers. Mean μ, variance s²π²/3.
/// </summary>
public sealed class Logistic : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Logistic(TensorArg mu, TensorArg s, bool reparameterized = true)
        : this(TensorArg.Resolve(mu, s), reparameterized)
    {
    }

    private Logistic((Tensor Mu, Tensor S) p, bool reparameterized)
        : base(Broadcast(nameof(Logistic), p.Mu, p.S), eventRank: 0, reparameterized) => (Mu, S) = p;

    /// <summary>The location.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor S { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Logistic);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("mu", Mu, Constraints.Real), new("s", S, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu.expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (S.square() * (Math.PI * Math.PI / 3)).expand(Shape);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, S, (x, mu, s) =>
    {
        // The slope of either tail by that tail.
        var z = (x - mu) / s;
        return where(z.gt(0), 1 - (-z).sigmoid(), z.sigmoid());
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, S, (p, mu, s) => mu + s * p.logit());

    /// <inheritdoc/>
    public override Tensor Entropy() => (S.log() + 2).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, Tensor mu, Tensor s)
    {
        return Logs.Logistic((x - mu) / s) - s.log();
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, Tensor mu, Tensor s) => LogProb(x, mu, s).sum();

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(Tensor mu, Tensor s, Generator? generator = null) =>
        Noise.Finite(mu + s * Noise.OpenUniform(Broadcast(nameof(Logistic), mu, s), mu, generator).logit());

    /// <inheritdoc cref="LogProb(Tensor, Tensor, Tensor)"/>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg s)
    {
        var (first, second) = TensorArg.Resolve(mu, s);
        return LogProb(x, first, second);
    }

    /// <inheritdoc cref="LogPdf(Tensor, Tensor, Tensor)"/>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg s)
    {
        var (first, second) = TensorArg.Resolve(mu, s);
        return LogPdf(x, first, second);
    }

    /// <inheritdoc cref="Sample(Tensor, Tensor, Generator?)"/>
    public static Tensor Sample(TensorArg mu, TensorArg s, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, s);
        return Sample(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, Mu, S);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Logistic((expansion.Of(Mu), expansion.Of(S)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(Mu, S, generator);
}
