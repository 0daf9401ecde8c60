using Pyro.Kernels;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The number of successes before the r-th failure: log p(x) = ln Γ(x + r) − ln Γ(r) − ln x! + r ln(1 − p) + x ln p. Support: the integers from 0.
/// Mean rp/(1 − p), variance rp/(1 − p)². Not reparameterised.
/// </summary>
[Family(nameof(Constraints.NonNegativeInteger))]
public sealed class NegativeBinomial : Distribution
{
    // A number that no sample reaches, where ∞ is no weight.
    private const double Countless = 1e15;

    private readonly Odds _odds;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="r">The number of failures; positive, not necessarily an integer.</param>
    /// <param name="ps">The probability of success, from 0 to below 1.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the parameters do not broadcast.</exception>
    public NegativeBinomial(
        [Domain(nameof(Constraints.Positive))] TensorArg r,
        [Domain(nameof(Constraints.UnitInterval))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null)
        : this(Odds.Of(nameof(NegativeBinomial), ps, logits, r))
    {
    }

    private NegativeBinomial((Odds Odds, Tensor R) p)
        : base(Broadcast(nameof(NegativeBinomial), p.R, p.Odds.Given), eventRank: 0, reparameterized: false) => (_odds, R) = p;

    /// <summary>The number of failures.</summary>
    public Tensor R { get; }

    /// <summary>The probability of success.</summary>
    public Tensor Ps => _odds.Ps;

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _odds.Logits;

    /// <summary>The probability as it was given.</summary>
    internal Odds Odds => _odds;

    /// <inheritdoc/>
    public override string Name => nameof(NegativeBinomial);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("r", R, Constraints.Positive), _odds.Parameter];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => R * Logits.exp();

    /// <inheritdoc/>
    public override Tensor AnalyticVar => R * Logits.exp() / (1 - Ps);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, R, _odds.Given, (x, r, _) =>
    {
        var at = x.floor().clamp(0, Countless) + 1;

        // By the rarer outcome, whose probability has all its digits.
        var below = where(_odds.Wide.le(0.5), Scalars.Of<BetaUpper>(at, r, _odds.Wide), Scalars.Of<BetaLower>(r, at, _odds.WideOther));
        return Where(x.ge(0), below, 0);
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, R, _odds.Given, (p, r, _) => Quantiles.OfCounts(
        p, r, _odds.Rarer, _odds.Given.dtype == ScalarType.Float32, (_, _) => double.PositiveInfinity,
        (r, rarer) => rarer >= 0 ? (r * rarer / (1 - rarer), Math.Sqrt(r * rarer)) : (r * (1 + rarer) / -rarer, Math.Sqrt(r) / -rarer),
        (k, r, rarer) => rarer >= 0 ? BetaUpper.At(k + 1, r, rarer) : BetaLower.At(r, k + 1, -rarer)));

    /// <inheritdoc/>
    protected internal override Tensor Leading => _odds.Given;

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="r">The number of failures; positive, not necessarily an integer.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg r, TensorArg? ps, TensorArg? logits = null)
    {
        var (odds, count) = Odds.Of(nameof(NegativeBinomial), ps, logits, r);
        return odds.LogNegativeBinomial(x, count, new Reduction(Reduction.All));
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="r">The number of failures; positive, not necessarily an integer.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg r, TensorArg? ps, TensorArg? logits = null)
    {
        var (odds, count) = Odds.Of(nameof(NegativeBinomial), ps, logits, r);
        return odds.LogNegativeBinomial(x, count, new Reduction(0));
    }

    /// <summary>Draws a sample.</summary>
    /// <param name="r">The number of failures; positive, not necessarily an integer.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg r, TensorArg? ps, TensorArg? logits = null, Generator? generator = null)
    {
        var (odds, count) = Odds.Of(nameof(NegativeBinomial), ps, logits, r);
        return Sample(count, odds, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => _odds.LogNegativeBinomial(x, R, new Reduction(Reduction.All));

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => _odds.LogNegativeBinomial(x, R, in reduction);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new NegativeBinomial((_odds.With(expansion), expansion.Of(R)));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(R, _odds, generator);

    private static Tensor Sample(Tensor r, in Odds odds, Generator? generator) =>
        Noise.Finite(Noise.Poisson(Noise.GammaOver(Exactly.Wide(r).expand(Broadcast(nameof(NegativeBinomial), r, odds.Given)), odds.WideOther / odds.Wide, generator), generator)
            .to_type(odds.Given.dtype));
}
