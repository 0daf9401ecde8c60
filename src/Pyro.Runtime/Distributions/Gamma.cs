using Pyro.Kernels;
using Pyro.Kernels.Densities;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The gamma distribution: log p(x) = α ln β − ln Γ(α) + (α − 1) ln x − βx. Support: the positive numbers. Mean α/β, variance α/β².
/// </summary>
[Family(nameof(Constraints.Positive), Reparameterized = true)]
public sealed class Gamma : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The rate; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Gamma(
        [Domain(nameof(Constraints.Positive))] TensorArg alpha,
        [Domain(nameof(Constraints.Positive))] TensorArg beta,
        bool reparameterized = true)
        : this(TensorArg.Resolve(alpha, beta), reparameterized)
    {
    }

    private Gamma((Tensor Alpha, Tensor Beta) p, bool reparameterized)
        : base(Broadcast(nameof(Gamma), p.Alpha, p.Beta), eventRank: 0, reparameterized) => (Alpha, Beta) = p;

    /// <summary>The shape; positive.</summary>
    public Tensor Alpha { get; }

    /// <summary>The rate; positive.</summary>
    public Tensor Beta { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Gamma);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("alpha", Alpha, Constraints.Positive), new("beta", Beta, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Alpha / Beta;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Alpha / Beta.square();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Alpha, Beta, (x, alpha, beta) => Scalars.Of<GammaLower>(alpha, beta * x));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Alpha, Beta, (p, alpha, beta) => (Scalars.Of<LogGammaQuantile>(alpha, p) - beta.log()).exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => (Alpha - 1) * Stirling.Lag(Alpha) - Stirling.Peak(Alpha) - Beta.log();

    /// <inheritdoc/>
    protected internal override Tensor Leading => Alpha;

    private static Tensor LogProbOf(Tensor x, Tensor alpha, Tensor beta) => Fused<GammaDensity>.LogProb(x, alpha, beta);

    private static Tensor LogPdfOf(Tensor x, Tensor alpha, Tensor beta) => Fused<GammaDensity>.LogPdf(x, alpha, beta);

    private static Tensor SampleOf(Tensor alpha, Tensor beta, Generator? generator) =>
        Noise.GammaOver(alpha.expand(Broadcast(nameof(Gamma), alpha, beta)), beta, generator);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The rate; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg alpha, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The rate; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg alpha, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The rate; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg alpha, TensorArg beta, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Alpha, Beta);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<GammaDensity>.Reduce(in reduction, x, Alpha, Beta);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Gamma((expansion.Of(Alpha), expansion.Of(Beta)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Alpha, Beta, generator);
}
