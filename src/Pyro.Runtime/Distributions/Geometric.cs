using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The number of failures before the first success: log p(x) = x ln(1 − p) + ln p. Support: the integers from 0.
/// Mean (1 − p)/p, variance (1 − p)/p². Not reparameterised.
/// </summary>
[Family(nameof(Constraints.NonNegativeInteger))]
public sealed class Geometric : Distribution
{
    private readonly Odds _odds;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="ps">The probability of success, above 0.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both are given, or none is.</exception>
    public Geometric(
        [Domain(nameof(Constraints.UnitInterval))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null)
        : this(Odds.Of(nameof(Geometric), ps, logits))
    {
    }

    private Geometric(Odds odds) : base(odds.Given.Sizes(), eventRank: 0, reparameterized: false) => _odds = odds;

    /// <summary>The probability of success.</summary>
    public Tensor Ps => _odds.Ps;

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _odds.Logits;

    /// <summary>The probability as it was given.</summary>
    internal Odds Odds => _odds;

    /// <inheritdoc/>
    public override string Name => nameof(Geometric);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.NonNegativeInteger;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [_odds.Parameter];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => (1 - Ps) / Ps;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (1 - Ps) / Ps.square();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, _odds.Given, (x, _) => Below(x));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, _odds.Given, (p, _) =>
    {
        // What the formula gives, or its neighbour where rounding puts the probability on the other side of one of the steps.
        using var noGrad = no_grad();
        var dtype = probability.is_floating_point() ? promote_types(probability.dtype, _odds.Given.dtype) : _odds.Given.dtype;
        var k = ((-p).log1p() / LogFailure()).ceil().sub(1).clamp_min(0);
        Tensor Reaches(Tensor count) => Below(count).to_type(dtype).to_type(ScalarType.Float64).ge(p);
        k = where(k.gt(0).logical_and(Reaches(k - 1)), k - 1, k);
        k = where(Reaches(k).logical_or(k.isinf()), k, k + 1);
        return Where(p.ge(0).logical_and(p.le(1)), k, double.NaN);
    });

    /// <inheritdoc/>
    public override Tensor Entropy() => Where(Ps.gt(0), EntropyOf(Ps, _odds.Others), double.PositiveInfinity);

    // −ln p − (1 − p) ln(1 − p)/p, where 0 ln 0 is 0.
    private static Tensor EntropyOf(Tensor ps, Tensor others) => -ps.log() - others * (-where(others.gt(0), ps, ps.new_zeros([]))).log1p() / ps;

    /// <inheritdoc/>
    protected internal override Tensor Leading => _odds.Given;

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg? ps, TensorArg? logits = null) => LogProb(x, Odds.Of(nameof(Geometric), ps, logits));

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg? ps, TensorArg? logits = null) => LogProb(x, ps, logits).sum();

    /// <summary>Draws a sample.</summary>
    /// <param name="ps">The probability of success, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg? ps, TensorArg? logits = null, Generator? generator = null) => Sample(Odds.Of(nameof(Geometric), ps, logits), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, _odds);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Geometric(_odds.With(expansion));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(_odds, generator);

    private static Tensor LogProb(Tensor x, in Odds odds)
    {
        x = Floating(x, odds.Given);
        var inside = Constraints.NonNegativeInteger.Check(x);
        var y = Safe(x, inside, 0);
        return Restrict(odds.LogPowerOfOther(y) + odds.LogPower(inside.to_type(y.dtype)), inside);
    }

    // ln(1 − p), in double.
    private Tensor LogFailure() => Exactly.Wide(_odds.Given) is var given && ReferenceEquals(_odds.Given, _odds.LogitsOrNull) ? -Logs.Softplus(given) : (-given).log1p();

    private Tensor Below(Tensor x) => Where(x.ge(0), Exactly.OneLessExp((x.floor().clamp_min(0) + 1) * LogFailure()), 0);

    private static Tensor Sample(in Odds odds, Generator? generator)
    {
        // The integer part of an exponential number with rate −ln(1 − p).
        var rate = -odds.LogPowerOfOther(odds.Given.new_full([], 1));
        return Noise.Finite((Noise.Exponential(odds.Given.Sizes(), odds.Given, generator) / rate).floor());
    }
}
