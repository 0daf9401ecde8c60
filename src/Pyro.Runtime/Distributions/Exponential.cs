using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The exponential distribution: log p(x) = ln λ − λx. Support: the numbers from 0. Mean 1/λ, variance 1/λ².
/// </summary>
[Family(nameof(Constraints.NonNegative), Reparameterized = true)]
public sealed class Exponential : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="lam">The rate; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    public Exponential([Domain(nameof(Constraints.Positive))] TensorArg lam, bool reparameterized = true)
        : this(lam.Resolve(), reparameterized)
    {
    }

    private Exponential(Tensor p, bool reparameterized)
        : base(p.Sizes(), eventRank: 0, reparameterized) => Lam = p;

    /// <summary>The rate; positive.</summary>
    public Tensor Lam { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Exponential);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegative;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("lam", Lam, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => 1 / Lam;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => 1 / Lam.square();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Lam, (x, lam) => Exactly.OneLessExp(-lam * x.clamp_min(0)));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Lam, (p, lam) => -(-p).log1p() / lam);

    /// <inheritdoc/>
    public override Tensor Entropy() => 1 - Lam.log();

    /// <inheritdoc/>
    protected internal override Tensor Leading => Lam;

    private static Tensor LogProbOf(Tensor x, Tensor lam) => Fused<ExponentialDensity>.LogProb(x, lam);

    private static Tensor LogPdfOf(Tensor x, Tensor lam) => Fused<ExponentialDensity>.LogPdf(x, lam);

    private static Tensor SampleOf(Tensor lam, Generator? generator) => Noise.Finite(Noise.Exponential(lam.Sizes(), lam, generator) / lam);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="lam">The rate; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg lam) => LogProbOf(x, lam.Resolve());

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="lam">The rate; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg lam) => LogPdfOf(x, lam.Resolve());

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="lam">The rate; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg lam, Generator? generator = null) => SampleOf(lam.Resolve(), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Lam);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<ExponentialDensity>.Reduce(in reduction, x, Lam);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Exponential(expansion.Of(Lam), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Lam, generator);
}
