using Pyro.Kernels;
using Pyro.Kernels.Densities;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Poisson distribution: log p(x) = x ln λ − λ − ln x!. Support: the integers from 0. Mean λ, variance λ.
/// </summary>
[Family(nameof(Constraints.NonNegativeInteger))]
public sealed class Poisson : Distribution
{
    // A number that no sample reaches, where ∞ is no shape.
    private const double Countless = 1e300;

    /// <summary>Creates the distribution.</summary>
    /// <param name="lam">The rate; not negative.</param>
    public Poisson([Domain(nameof(Constraints.NonNegative))] TensorArg lam)
        : this(lam.Resolve())
    {
    }

    private Poisson(Tensor p)
        : base(p.Sizes(), eventRank: 0, reparameterized: false) => Lam = p;

    /// <summary>The rate; not negative.</summary>
    public Tensor Lam { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Poisson);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("lam", Lam, Constraints.NonNegative)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Lam;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Lam;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Lam, (x, lam) =>
        Where(x.ge(0), Scalars.Of<GammaUpper>(x.floor().clamp(0, Countless) + 1, lam), 0));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Lam, (p, lam) => Quantiles.OfCounts(
        p, lam, lam, Lam.dtype == ScalarType.Float32, (_, _) => double.PositiveInfinity, (mean, _) => (mean, Math.Sqrt(mean)), (k, mean, _) => GammaUpper.At(k + 1, mean)));

    /// <inheritdoc/>
    protected internal override Tensor Leading => Lam;

    private static Tensor LogProbOf(Tensor x, Tensor lam) => Fused<PoissonDensity>.LogProb(x, lam);

    private static Tensor LogPdfOf(Tensor x, Tensor lam) => Fused<PoissonDensity>.LogPdf(x, lam);

    private static Tensor SampleOf(Tensor lam, Generator? generator) => Noise.Poisson(lam, generator);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="lam">The rate; not negative.</param>
    public static Tensor LogProb(Tensor x, TensorArg lam) => LogProbOf(x, lam.Resolve());

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="lam">The rate; not negative.</param>
    public static Tensor LogPdf(Tensor x, TensorArg lam) => LogPdfOf(x, lam.Resolve());

    /// <summary>Draws a sample.</summary>
    /// <param name="lam">The rate; not negative.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg lam, Generator? generator = null) => SampleOf(lam.Resolve(), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Lam);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<PoissonDensity>.Reduce(in reduction, x, Lam);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Poisson(expansion.Of(Lam));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Lam, generator);
}
