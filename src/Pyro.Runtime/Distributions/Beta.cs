using Pyro.Kernels;
using Pyro.Kernels.Densities;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The beta distribution: log p(x) = (α − 1) ln x + (β − 1) ln(1 − x) − ln B(α, β). Support: the unit interval; samples lie strictly inside. Mean
/// α/(α + β), variance αβ/((α + β)²(α + β + 1)).
/// </summary>
[Family(nameof(Constraints.UnitInterval), Reparameterized = true, MeanField = true)]
public sealed class Beta : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="alpha">The weight of 1; positive.</param>
    /// <param name="beta">The weight of 0; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Beta(
        [Domain(nameof(Constraints.Positive), Initial = 1)] TensorArg alpha,
        [Domain(nameof(Constraints.Positive), Initial = 1)] TensorArg beta,
        bool reparameterized = true)
        : this(TensorArg.Resolve(alpha, beta), reparameterized)
    {
    }

    private Beta((Tensor Alpha, Tensor BetaParameter) p, bool reparameterized)
        : base(Broadcast(nameof(Beta), p.Alpha, p.BetaParameter), eventRank: 0, reparameterized) => (Alpha, BetaParameter) = p;

    /// <summary>The weight of 1; positive.</summary>
    public Tensor Alpha { get; }

    /// <summary>The weight of 0; positive.</summary>
    public Tensor BetaParameter { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Beta);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.UnitInterval;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("alpha", Alpha, Constraints.Positive), new("beta", BetaParameter, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Alpha / (Alpha + BetaParameter);

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var total = Alpha + BetaParameter;
            return Alpha * BetaParameter / (total.square() * (total + 1));
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        EntropyOf(Alpha, BetaParameter, Alpha + BetaParameter);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Alpha, BetaParameter, (x, alpha, beta) => Scalars.Of<BetaLower>(alpha, beta, x));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Alpha, BetaParameter, (p, alpha, beta) => Scalars.Of<LogitBetaQuantile>(alpha, beta, p).sigmoid());

    /// <inheritdoc/>
    protected internal override Tensor Leading => Alpha;

    private static Tensor LogProbOf(Tensor x, Tensor alpha, Tensor beta) => Fused<BetaDensity>.LogProb(x, alpha, beta);

    private static Tensor LogPdfOf(Tensor x, Tensor alpha, Tensor beta) => Fused<BetaDensity>.LogPdf(x, alpha, beta);

    private static Tensor SampleOf(Tensor alpha, Tensor beta, Generator? generator)
    {
        // In logarithms, so that weights near 0 keep their meaning.
        var shape = Broadcast(nameof(Beta), alpha, beta);
        var logs = Noise.LogGamma(stack([Shapes.Expanded(alpha, shape), Shapes.Expanded(beta, shape)], 0), generator);
        return OpenUnit.Clamp((logs[0] - logs[1]).sigmoid());
    }

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The weight of 1; positive.</param>
    /// <param name="beta">The weight of 0; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg alpha, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The weight of 1; positive.</param>
    /// <param name="beta">The weight of 0; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg alpha, TensorArg beta)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="alpha">The weight of 1; positive.</param>
    /// <param name="beta">The weight of 0; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg alpha, TensorArg beta, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(alpha, beta);
        return SampleOf(first, second, generator);
    }

    // ln B(α, β) − (α − 1) ψ(α) − (β − 1) ψ(β) + (n − 2) ψ(n) without what cancels where n = α + β is large.
    private static Tensor EntropyOf(Tensor alpha, Tensor beta, Tensor both) =>
        (alpha - 1) * Stirling.Lag(alpha) + (beta - 1) * Stirling.Lag(beta) - (both - 2) * Stirling.Lag(both)
        - Stirling.Peak(alpha) - Stirling.Peak(beta) + Stirling.Peak(both) - both.log();

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Alpha, BetaParameter);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<BetaDensity>.Reduce(in reduction, x, Alpha, BetaParameter);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Beta((expansion.Of(Alpha), expansion.Of(BetaParameter)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Alpha, BetaParameter, generator);
}
