using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Cauchy distribution: log p(x) = −ln(πγ) − ln(1 + ((x − μ)/γ)²). Support: the finite numbers. No mean, no variance.
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true)]
public sealed class Cauchy : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The median.</param>
    /// <param name="gamma">The scale: half the distance between the quartiles; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Cauchy(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg gamma,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, gamma), reparameterized)
    {
    }

    private Cauchy((Tensor Mu, Tensor Gamma) p, bool reparameterized)
        : base(Broadcast(nameof(Cauchy), p.Mu, p.Gamma), eventRank: 0, reparameterized) => (Mu, Gamma) = p;

    /// <summary>The median.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale: half the distance between the quartiles; positive.</summary>
    public Tensor Gamma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Cauchy);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("gamma", Gamma, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Mu, Gamma, (x, mu, gamma) => gamma.atan2(mu - x) / Math.PI);

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Mu, Gamma, (p, mu, gamma) =>
    {
        // By the nearer tail, whose probability has all its digits, and near the median by the distance from it.
        var lower = p.lt(0.5);
        var angle = Math.PI * where(lower, p, 1 - p);
        var far = gamma * angle.cos() / angle.sin();
        var middle = p.sub(0.5).abs().lt(0.25);
        return where(middle, mu + gamma * (Math.PI * where(middle, p - 0.5, p.new_zeros([]))).tan(), where(lower, mu - far, mu + far));
    });

    /// <inheritdoc/>
    public override Tensor Entropy() => (Gamma.log() + (2 * Logs.Two + Logs.Pi)).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor gamma) => Fused<CauchyDensity>.LogProb(x, mu, gamma);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor gamma) => Fused<CauchyDensity>.LogPdf(x, mu, gamma);

    private static Tensor SampleOf(Tensor mu, Tensor gamma, Generator? generator) =>
        Noise.Finite(mu + gamma * ((Noise.OpenUniform(Broadcast(nameof(Cauchy), mu, gamma), mu, generator) - 0.5) * Math.PI).tan());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The median.</param>
    /// <param name="gamma">The scale: half the distance between the quartiles; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg gamma)
    {
        var (first, second) = TensorArg.Resolve(mu, gamma);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The median.</param>
    /// <param name="gamma">The scale: half the distance between the quartiles; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg gamma)
    {
        var (first, second) = TensorArg.Resolve(mu, gamma);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The median.</param>
    /// <param name="gamma">The scale: half the distance between the quartiles; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg gamma, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, gamma);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Gamma);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<CauchyDensity>.Reduce(in reduction, x, Mu, Gamma);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Cauchy((expansion.Of(Mu), expansion.Of(Gamma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Gamma, generator);
}
