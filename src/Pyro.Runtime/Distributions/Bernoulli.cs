using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Bernoulli distribution: log p(x) = x ln p + (1 − x) ln(1 − p). Support: {0, 1}. Mean p, variance p(1 − p). Not reparameterised; enumerable.
/// With soft values the same expression scores numbers between 0 and 1, such as grey pixels, as Pyro does: a cross entropy, which is no density of them. A density of such numbers
/// is <see cref="ContinuousBernoulli"/>.
/// </summary>
[Family(nameof(Constraints.Boolean), Enumerable = true, MeanField = true)]
public sealed class Bernoulli : Distribution
{
    private readonly Odds _odds;
    private readonly bool _softValues;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="ps">The probability of 1, from 0 to 1.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="softValues">Whether values between 0 and 1 are scored too, by the cross entropy x ln p + (1 − x) ln(1 − p).</param>
    /// <exception cref="ArgumentException">Both are given, or none is.</exception>
    public Bernoulli(
        [Domain(nameof(Constraints.UnitInterval), Initial = 0.5)] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null,
        [Support(nameof(Constraints.UnitInterval))] bool softValues = false)
        : this(Odds.Of(nameof(Bernoulli), ps, logits), softValues)
    {
    }

    private Bernoulli(Odds odds, bool softValues) : base(odds.Given.Sizes(), eventRank: 0, reparameterized: false) =>
        (_odds, _softValues) = (odds, softValues);

    /// <summary>The probability of 1.</summary>
    public Tensor Ps => _odds.Ps;

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _odds.Logits;

    /// <summary>The probability as it was given.</summary>
    internal Odds Odds => _odds;

    /// <inheritdoc/>
    public override string Name => nameof(Bernoulli);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => _softValues ? Constraints.UnitInterval : Constraints.Boolean;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [_odds.Parameter];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Ps;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Ps * (1 - Ps);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, _odds.Given, (x, _) =>
        Where(x.ge(0), where(x.lt(1), _odds.WideOther, _odds.WideOther.ones_like()), 0));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability)
    {
        using var noGrad = no_grad();
        var dtype = probability.is_floating_point() ? promote_types(probability.dtype, _odds.Given.dtype) : _odds.Given.dtype;
        var one = probability.gt(_odds.WideOther.to_type(dtype)).to_type(dtype);
        return where(probability.ge(0).logical_and(probability.le(1)), one, one.new_full([], double.NaN));
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => _odds.Given;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport() => EnumerateIntegers(2);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ps">The probability of 1, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg? ps, TensorArg? logits = null) =>
        Odds.Of(nameof(Bernoulli), ps, logits).LogBernoulli(x, new Reduction(Reduction.All));

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ps">The probability of 1, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg? ps, TensorArg? logits = null) =>
        Odds.Of(nameof(Bernoulli), ps, logits).LogBernoulli(x, new Reduction(0));

    /// <summary>Draws a sample.</summary>
    /// <param name="ps">The probability of 1, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg? ps, TensorArg? logits = null, Generator? generator = null) => Odds.Of(nameof(Bernoulli), ps, logits).Draw(generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => Reduce(x, new Reduction(Reduction.All));

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) =>
        _softValues ? reduction.Of(_odds.LogCrossEntropy(x)) : _odds.LogBernoulli(x, in reduction);

    /// <inheritdoc/>
    internal override string? Remedy => _softValues ? null : "For values between 0 and 1 there are ContinuousBernoulli, a density of them, and softValues: true, their cross entropy.";

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Bernoulli(_odds.With(expansion), _softValues);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => _odds.Draw(generator);
}
