using Pyro.Kernels;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The number of successes in n trials: log p(x) = ln C(n, x) + x ln p + (n − x) ln(1 − p). Support: the integers from 0 to n.
/// Mean np, variance np(1 − p). Not reparameterised; enumerable.
/// </summary>
[Family(nameof(Constraints.IntegersUpTo), "n", Enumerable = true)]
public sealed class Binomial : Distribution
{
    private readonly Odds _odds;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="n">The number of trials; an integer from 0.</param>
    /// <param name="ps">The probability of success, from 0 to 1.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the parameters do not broadcast.</exception>
    public Binomial(
        [Domain(nameof(Constraints.NonNegativeInteger))] TensorArg n,
        [Domain(nameof(Constraints.UnitInterval))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null)
        : this(Odds.Of(nameof(Binomial), ps, logits, n))
    {
    }

    private Binomial((Odds Odds, Tensor N) p)
        : base(Broadcast(nameof(Binomial), p.N, p.Odds.Given), eventRank: 0, reparameterized: false) => (_odds, N) = p;

    /// <summary>The number of trials.</summary>
    public Tensor N { get; }

    /// <summary>The probability of success.</summary>
    public Tensor Ps => _odds.Ps;

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _odds.Logits;

    /// <summary>The probability as it was given.</summary>
    internal Odds Odds => _odds;

    /// <inheritdoc/>
    public override string Name => nameof(Binomial);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegersUpTo(N);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("n", N, Constraints.NonNegativeInteger), _odds.Parameter];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => N * Ps;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => N * Ps * (1 - Ps);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, N, _odds.Given, (x, n, _) =>
    {
        var k = x.floor();
        var inside = k.ge(0).logical_and(k.lt(n));
        var (at, rest) = (where(inside, k, k.new_zeros([])) + 1, where(inside, n - k, k.new_full([], 1)));

        // By the rarer outcome, whose probability has all its digits.
        var below = where(_odds.Wide.le(0.5), Scalars.Of<BetaUpper>(at, rest, _odds.Wide), Scalars.Of<BetaLower>(rest, at, _odds.WideOther));
        return where(inside, below, k.ge(n).to_type(ScalarType.Float64));
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, N, _odds.Given, (p, n, _) => Quantiles.OfCounts(
        p, n, _odds.Rarer, _odds.Given.dtype == ScalarType.Float32, (n, _) => n,
        (n, rarer) => (rarer >= 0 ? n * rarer : n + n * rarer, Math.Sqrt(n * Math.Abs(rarer))),
        (k, n, rarer) => k >= n ? 1 : rarer >= 0 ? BetaUpper.At(k + 1, n - k, rarer) : BetaLower.At(n - k, k + 1, -rarer)));

    /// <inheritdoc/>
    protected internal override Tensor Leading => _odds.Given;

    /// <summary>The integers from 0 to the largest n; those above an element's own n have the density 0 there.</summary>
    public override Tensor EnumerateSupport() => EnumerateIntegers(1 + Largest(N));

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="n">The number of trials; an integer from 0.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg n, TensorArg? ps, TensorArg? logits = null)
    {
        var (odds, count) = Odds.Of(nameof(Binomial), ps, logits, n);
        return odds.LogBinomial(x, count, new Reduction(Reduction.All));
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="n">The number of trials; an integer from 0.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg n, TensorArg? ps, TensorArg? logits = null)
    {
        var (odds, count) = Odds.Of(nameof(Binomial), ps, logits, n);
        return odds.LogBinomial(x, count, new Reduction(0));
    }

    /// <summary>Draws a sample.</summary>
    /// <param name="n">The number of trials; an integer from 0.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg n, TensorArg? ps, TensorArg? logits = null, Generator? generator = null)
    {
        var (odds, count) = Odds.Of(nameof(Binomial), ps, logits, n);
        return Sample(count, odds, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => _odds.LogBinomial(x, N, new Reduction(Reduction.All));

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => _odds.LogBinomial(x, N, in reduction);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Binomial((_odds.With(expansion), expansion.Of(N)));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(N, _odds, generator);

    private static Tensor Sample(Tensor n, in Odds odds, Generator? generator)
    {
        var shape = Broadcast(nameof(Binomial), n, odds.Given);
        return odds.DrawOf(n, shape, generator);
    }
}
