using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Weibull distribution: log p(x) = ln(k/λ) + (k − 1) ln(x/λ) − (x/λ)ᵏ. Support: the positive numbers. Mean λΓ(1 + 1/k), variance λ²(Γ(1 +
/// 2/k) − Γ(1 + 1/k)²).
/// </summary>
[Family(nameof(Constraints.Positive), Reparameterized = true)]
public sealed class Weibull : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="lam">The scale; positive.</param>
    /// <param name="k">The shape; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Weibull(
        [Domain(nameof(Constraints.Positive))] TensorArg lam,
        [Domain(nameof(Constraints.Positive))] TensorArg k,
        bool reparameterized = true)
        : this(TensorArg.Resolve(lam, k), reparameterized)
    {
    }

    private Weibull((Tensor Lam, Tensor K) p, bool reparameterized)
        : base(Broadcast(nameof(Weibull), p.Lam, p.K), eventRank: 0, reparameterized) => (Lam, K) = p;

    /// <summary>The scale; positive.</summary>
    public Tensor Lam { get; }

    /// <summary>The shape; positive.</summary>
    public Tensor K { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Weibull);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("lam", Lam, Constraints.Positive), new("k", K, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Lam * (1 + 1 / K).lgamma().exp();

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var twice = 2 * (1 + 1 / K).lgamma();
            return Lam.square() * twice.exp() * ((1 + 2 / K).lgamma() - twice).expm1();
        }
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Lam, K, (x, lam, k) =>
    {
        var inside = x.gt(0);
        return Where(inside, Exactly.OneLessExp(-(k * (Safe(x, inside, 1) / lam).log()).exp()), 0);
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Lam, K, (p, lam, k) => lam * (-(-p).log1p()).pow(1 / k));

    /// <inheritdoc/>
    public override Tensor Entropy() => Logs.EulerGamma * (1 - 1 / K) + Lam.log() - K.log() + 1;

    /// <inheritdoc/>
    protected internal override Tensor Leading => Lam;

    private static Tensor LogProbOf(Tensor x, Tensor lam, Tensor k) => Fused<WeibullDensity>.LogProb(x, lam, k);

    private static Tensor LogPdfOf(Tensor x, Tensor lam, Tensor k) => Fused<WeibullDensity>.LogPdf(x, lam, k);

    private static Tensor SampleOf(Tensor lam, Tensor k, Generator? generator) =>
        Noise.Positive(lam * (-Noise.OpenUniform(Broadcast(nameof(Weibull), lam, k), lam, generator).log()).pow(1 / k));

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="lam">The scale; positive.</param>
    /// <param name="k">The shape; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg lam, TensorArg k)
    {
        var (first, second) = TensorArg.Resolve(lam, k);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="lam">The scale; positive.</param>
    /// <param name="k">The shape; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg lam, TensorArg k)
    {
        var (first, second) = TensorArg.Resolve(lam, k);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="lam">The scale; positive.</param>
    /// <param name="k">The shape; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg lam, TensorArg k, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(lam, k);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Lam, K);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<WeibullDensity>.Reduce(in reduction, x, Lam, K);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Weibull((expansion.Of(Lam), expansion.Of(K)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Lam, K, generator);
}
