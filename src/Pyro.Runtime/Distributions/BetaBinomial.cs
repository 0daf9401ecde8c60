using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The number of successes in n trials whose probability is beta-distributed: log p(x) = ln C(n, x) + ln B(x + α, n − x + β) − ln B(α, β).
/// Support: the integers from 0 to n. Mean nα/(α + β), variance nαβ(α + β + n)/((α + β)²(α + β + 1)).
/// Not reparameterised; enumerable.
/// </summary>
[Family(nameof(Constraints.IntegersUpTo), "n", Enumerable = true)]
public sealed class BetaBinomial : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="alpha">The weight of success; positive.</param>
    /// <param name="beta">The weight of failure; positive.</param>
    /// <param name="n">The number of trials; an integer from 0.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public BetaBinomial(
        [Domain(nameof(Constraints.Positive))] TensorArg alpha,
        [Domain(nameof(Constraints.Positive))] TensorArg beta,
        [Domain(nameof(Constraints.NonNegativeInteger))] TensorArg n)
        : this(TensorArg.Resolve(alpha, beta, n))
    {
    }

    private BetaBinomial((Tensor Alpha, Tensor BetaParameter, Tensor N) p)
        : base(Broadcast(nameof(BetaBinomial), p.Alpha, p.BetaParameter, p.N), eventRank: 0, reparameterized: false) => (Alpha, BetaParameter, N) = p;

    /// <summary>The weight of success; positive.</summary>
    public Tensor Alpha { get; }

    /// <summary>The weight of failure; positive.</summary>
    public Tensor BetaParameter { get; }

    /// <summary>The number of trials; an integer from 0.</summary>
    public Tensor N { get; }

    /// <inheritdoc/>
    public override string Name => nameof(BetaBinomial);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegersUpTo(N);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
    [
        new("alpha", Alpha, Constraints.Positive),
        new("beta", BetaParameter, Constraints.Positive),
        new("n", N, Constraints.NonNegativeInteger),
    ];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => N * Alpha / (Alpha + BetaParameter);

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var total = Alpha + BetaParameter;
            return N * Alpha * BetaParameter * (total + N) / (total.square() * (total + 1));
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => Alpha;

    /// <summary>The integers from 0 to the largest n; those above an element's own n have the density 0 there.</summary>
    public override Tensor EnumerateSupport() => EnumerateIntegers(1 + Largest(N));

    private static Tensor LogProbOf(Tensor x, Tensor alpha, Tensor beta, Tensor n) => Fused<BetaBinomialDensity>.LogProb(x, alpha, beta, n);

    private static Tensor LogPdfOf(Tensor x, Tensor alpha, Tensor beta, Tensor n) => Fused<BetaBinomialDensity>.LogPdf(x, alpha, beta, n);

    private static Tensor SampleOf(Tensor alpha, Tensor beta, Tensor n, Generator? generator)
    {
        var shape = Broadcast(nameof(BetaBinomial), alpha, beta, n);
        var chance = Beta.Sample(Exactly.Wide(alpha).expand(shape), Exactly.Wide(beta).expand(shape), generator);
        return Noise.Binomial(n.expand(shape), chance, generator).to_type(n.dtype);
    }

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The weight of success; positive.</param>
    /// <param name="beta">The weight of failure; positive.</param>
    /// <param name="n">The number of trials; an integer from 0.</param>
    public static Tensor LogProb(Tensor x, TensorArg alpha, TensorArg beta, TensorArg n)
    {
        var (first, second, third) = TensorArg.Resolve(alpha, beta, n);
        return LogProbOf(x, first, second, third);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="alpha">The weight of success; positive.</param>
    /// <param name="beta">The weight of failure; positive.</param>
    /// <param name="n">The number of trials; an integer from 0.</param>
    public static Tensor LogPdf(Tensor x, TensorArg alpha, TensorArg beta, TensorArg n)
    {
        var (first, second, third) = TensorArg.Resolve(alpha, beta, n);
        return LogPdfOf(x, first, second, third);
    }

    /// <summary>Draws a sample.</summary>
    /// <param name="alpha">The weight of success; positive.</param>
    /// <param name="beta">The weight of failure; positive.</param>
    /// <param name="n">The number of trials; an integer from 0.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg alpha, TensorArg beta, TensorArg n, Generator? generator = null)
    {
        var (first, second, third) = TensorArg.Resolve(alpha, beta, n);
        return SampleOf(first, second, third, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Alpha, BetaParameter, N);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) =>
        Fused<BetaBinomialDensity>.Reduce(in reduction, x, Alpha, BetaParameter, N);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new BetaBinomial((expansion.Of(Alpha), expansion.Of(BetaParameter), expansion.Of(N)));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Alpha, BetaParameter, N, generator);
}
