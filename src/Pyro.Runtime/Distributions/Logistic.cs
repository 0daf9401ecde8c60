using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The logistic distribution: with z = (x − μ)/s, log p(x) = −z − ln s − 2 ln(1 + exp(−z)). Support: the finite numbers. Mean μ, variance s²π²/3.
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true)]
public sealed class Logistic : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Logistic(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg s,
        bool reparameterized = true)
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

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor s) => Fused<LogisticDensity>.LogProb(x, mu, s);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor s) => Fused<LogisticDensity>.LogPdf(x, mu, s);

    private static Tensor SampleOf(Tensor mu, Tensor s, Generator? generator) =>
        Noise.Finite(mu + s * Noise.OpenUniform(Broadcast(nameof(Logistic), mu, s), mu, generator).logit());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg s)
    {
        var (first, second) = TensorArg.Resolve(mu, s);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg s)
    {
        var (first, second) = TensorArg.Resolve(mu, s);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="s">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg s, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, s);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, S);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<LogisticDensity>.Reduce(in reduction, x, Mu, S);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Logistic((expansion.Of(Mu), expansion.Of(S)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, S, generator);
}
