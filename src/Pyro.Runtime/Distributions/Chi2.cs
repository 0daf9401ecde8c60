using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The chi-square distribution: the gamma distribution with shape ν/2 and rate ½. Support: the positive numbers. Mean ν, variance 2ν.
/// </summary>
[Family(nameof(Constraints.Positive), Reparameterized = true)]
public sealed class Chi2 : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">The degrees of freedom; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    public Chi2([Domain(nameof(Constraints.Positive))] TensorArg df, bool reparameterized = true)
        : this(df.Resolve(), reparameterized)
    {
    }

    private Chi2(Tensor p, bool reparameterized)
        : base(p.Sizes(), eventRank: 0, reparameterized) => Df = p;

    /// <summary>The degrees of freedom; positive.</summary>
    public Tensor Df { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Chi2);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Positive;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("df", Df, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Df;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => 2 * Df;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Df, (x, df) => Scalars.Of<GammaLower>(df / 2, x / 2));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Df, (p, df) => 2 * Scalars.Of<LogGammaQuantile>(df / 2, p).exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => (Df / 2 - 1) * Stirling.Lag(Df / 2) - Stirling.Peak(Df / 2) + Logs.Two;

    /// <inheritdoc/>
    protected internal override Tensor Leading => Df;

    private static Tensor LogProbOf(Tensor x, Tensor df) => Gamma.LogProb(x, df / 2, df.new_full([], 0.5));

    private static Tensor LogPdfOf(Tensor x, Tensor df) => LogProbOf(x, df).sum();

    private static Tensor SampleOf(Tensor df, Generator? generator) => Gamma.Sample(df / 2, df.new_full([], 0.5), generator);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="df">The degrees of freedom; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg df) => LogProbOf(x, df.Resolve());

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="df">The degrees of freedom; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg df) => LogPdfOf(x, df.Resolve());

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="df">The degrees of freedom; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg df, Generator? generator = null) => SampleOf(df.Resolve(), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Df);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Chi2(expansion.Of(Df), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Df, generator);
}
