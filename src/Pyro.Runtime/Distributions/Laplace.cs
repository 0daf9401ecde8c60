using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Laplace distribution: log p(x) = −|x − μ|/b − ln 2b. Support: the finite numbers. Mean μ, variance 2b².
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true)]
public sealed class Laplace : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="scale">The scale b; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Laplace(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg scale,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, scale), reparameterized)
    {
    }

    private Laplace((Tensor Mu, Tensor Scale) p, bool reparameterized)
        : base(Broadcast(nameof(Laplace), p.Mu, p.Scale), eventRank: 0, reparameterized) => (Mu, Scale) = p;

    /// <summary>The location.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale b; positive.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Laplace);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("scale", Scale, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu.expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (2 * Scale.square()).expand(Shape);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, Scale, (x, mu, scale) =>
    {
        // Each tail by itself: as 1 less the other it would lose its last digits.
        var z = (x - mu) / scale;
        return where(z.lt(0), 0.5 * z.clamp_max(0).exp(), 1 - 0.5 * (-z).clamp_max(0).exp());
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, Scale, (p, mu, scale) => mu + scale * where(p.lt(0.5), (2 * p).log(), -(2 * (1 - p)).log()));

    /// <inheritdoc/>
    public override Tensor Entropy() => (Scale.log() + (1 + Logs.Two)).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor scale) => Fused<LaplaceDensity>.LogProb(x, mu, scale);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor scale) => Fused<LaplaceDensity>.LogPdf(x, mu, scale);

    private static Tensor SampleOf(Tensor mu, Tensor scale, Generator? generator)
    {
        // The difference of two exponential numbers.
        var shape = Broadcast(nameof(Laplace), mu, scale);
        return Noise.Finite(mu + scale * (Noise.Exponential(shape, mu, generator) - Noise.Exponential(shape, mu, generator)));
    }

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="scale">The scale b; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg scale)
    {
        var (first, second) = TensorArg.Resolve(mu, scale);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="scale">The scale b; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg scale)
    {
        var (first, second) = TensorArg.Resolve(mu, scale);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="scale">The scale b; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg scale, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, scale);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Scale);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<LaplaceDensity>.Reduce(in reduction, x, Mu, Scale);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Laplace((expansion.Of(Mu), expansion.Of(Scale)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Scale, generator);
}
