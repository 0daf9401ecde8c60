using Pyro.Kernels;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Dirichlet distribution: log p(x) = Σ (αₖ − 1) ln xₖ + ln Γ(Σ αₖ) − Σ ln Γ(αₖ). Support: the simplex, along the last dimension.
/// With α₀ = Σ αₖ: mean αₖ/α₀, variance αₖ(α₀ − αₖ)/(α₀²(α₀ + 1)).
/// </summary>
[Family(nameof(Constraints.Simplex), EventRank = 1, Reparameterized = true)]
public sealed class Dirichlet : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="alpha">The weights, along the last dimension; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">There is no dimension for the parts.</exception>
    public Dirichlet([Domain(nameof(Constraints.Positive))] TensorArg alpha, bool reparameterized = true)
        : this(alpha.Resolve(), reparameterized)
    {
    }

    private Dirichlet(Tensor alpha, bool reparameterized) : base(Rows(alpha), eventRank: 1, reparameterized) => Alpha = alpha;

    /// <summary>The weights, along the last dimension.</summary>
    public Tensor Alpha { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Dirichlet);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Simplex;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("alpha", Alpha, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Alpha / Alpha.sum(-1, keepdim: true);

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var total = Alpha.sum(-1, keepdim: true);
            return Alpha * (total - Alpha) / (total.square() * (total + 1));
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        var total = Alpha.sum(-1);
        var count = Alpha.Sizes()[^1];
        var parts = ((Alpha - 1) * Stirling.Lag(Alpha) - Stirling.Peak(Alpha)).sum(-1);
        return parts - (total - count) * Stirling.Lag(total) + Stirling.Peak(total) + (1 - count) * total.log();
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => Alpha;

    private static Tensor LogProbOf(Tensor x, Tensor alpha) => FusedRows<DirichletDensity>.Reduce(new Reduction(Reduction.All), x, alpha);

    private static Tensor LogPdfOf(Tensor x, Tensor alpha) => FusedRows<DirichletDensity>.Reduce(new Reduction(0), x, alpha);

    private static Tensor SampleOf(Tensor alpha, Generator? generator) => Noise.Positive(Noise.LogGamma(alpha, generator).softmax(-1));

    /// <summary>The log density of rows; −∞ outside the simplex.</summary>
    /// <param name="x">The rows, along the last dimension.</param>
    /// <param name="alpha">The weights; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg alpha) => LogProbOf(x, alpha.Resolve());

    /// <summary>The log density, summed over all rows: a 0-dim tensor.</summary>
    /// <param name="x">The rows, along the last dimension.</param>
    /// <param name="alpha">The weights; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg alpha) => LogPdfOf(x, alpha.Resolve());

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="alpha">The weights; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg alpha, Generator? generator = null) => SampleOf(alpha.Resolve(), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Alpha);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => FusedRows<DirichletDensity>.Reduce(in reduction, x, Alpha);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Dirichlet(expansion.Of(Alpha, 1), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Alpha, generator);

    private static long[] Rows(Tensor alpha) => alpha.dim() > 0
        ? alpha.Sizes()
        : throw new ArgumentException("Dirichlet has its parts along the last dimension of alpha, which has none.", nameof(alpha));
}
