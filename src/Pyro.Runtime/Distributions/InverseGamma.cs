using Pyro.Kernels;
using Pyro.Kernels.Densities;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of 1/G where G is gamma: log p(x) = α ln β − ln Γ(α) − (α + 1) ln x − β/x. Support: the positive numbers. Mean β/(α − 1) for
/// α > 1, variance β²/((α − 1)²(α − 2)) for α > 2; infinite below.
/// </summary>
[Family(nameof(Constraints.Positive), Reparameterized = true)]
public sealed class InverseGamma : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public InverseGamma(
        [Domain(nameof(Constraints.Positive))] TensorArg alpha,
        [Domain(nameof(Constraints.Positive))] TensorArg beta,
        bool reparameterized = true)
        : this(TensorArg.Resolve(alpha, beta), reparameterized)
    {
    }

    private InverseGamma((Tensor Alpha, Tensor Beta) p, bool reparameterized)
        : base(Broadcast(nameof(InverseGamma), p.Alpha, p.Beta), eventRank: 0, reparameterized) => (Alpha, Beta) = p;

    /// <summary>The shape; positive.</summary>
    public Tensor Alpha { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Beta { get; }

    /// <inheritdoc/>
    public override string Name => nameof(InverseGamma);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("alpha", Alpha, Constraints.Positive), new("beta", Beta, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Where(Alpha.gt(1), Beta / (Alpha - 1), double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Where(Alpha.gt(2), Beta.square() / ((Alpha - 1).square() * (Alpha - 2)), double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Alpha, Beta, (x, alpha, beta) =>
    {
        var inside = x.gt(0);
        return Scalars.Of<GammaUpper>(alpha, Where(inside, beta / Safe(x, inside, 1), double.PositiveInfinity));
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Alpha, Beta, (p, alpha, beta) => (beta.log() - Scalars.Of<LogGammaUpperQuantile>(alpha, p)).exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => (Alpha + 1) * Stirling.Lag(Alpha) - Stirling.Peak(Alpha) - 2 * Alpha.log() + Beta.log();

    /// <inheritdoc/>
    protected internal override Tensor Leading => Alpha;

    private static Tensor LogProbOf(Tensor x, Tensor alpha, Tensor beta) => Fused<InverseGammaDensity>.LogProb(x, alpha, beta);

    private static Tensor LogPdfOf(Tensor x, Tensor alpha, Tensor beta) => Fused<InverseGammaDensity>.LogPdf(x, alpha, beta);

    private static Tensor SampleOf(Tensor alpha, Tensor beta, Generator? generator) =>
        Noise.OverGamma(alpha.expand(Broadcast(nameof(InverseGamma), alpha, beta)), beta, generator);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg alpha, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg alpha, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="beta">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg alpha, TensorArg beta, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Alpha, Beta);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<InverseGammaDensity>.Reduce(in reduction, x, Alpha, Beta);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new InverseGamma((expansion.Of(Alpha), expansion.Of(Beta)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Alpha, Beta, generator);
}
