using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The number of successes before the r-th failure: log p(x) = ln Γ(x + r) − ln Γ(r) − ln x! + r ln(1 − p) + x ln p. Support: the integers from 0.
/// Mean rp/(1 − p), variance rp/(1 − p)². Not reparameterised.
/// </summary>
public sealed class NegativeBinomial : Distribution
{
    private readonly Odds _odds;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="r">The number of failures; positive, not necessarily an integer.</param>
    /// <param name="ps">The probability of success, from 0 to below 1.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the parameters do not broadcast.</exception>
    public NegativeBinomial(TensorArg r, TensorArg? ps = null, TensorArg? logits = null)
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
    protected internal override Tensor Leading => _odds.Given;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var inside = Support.Check(x);
        var y = Safe(x, inside, 0);
        var ways = (y + R).lgamma() - R.lgamma() - (y + 1).lgamma();
        return Restrict(ways + _odds.LogPowerOfOther(R) + _odds.LogPower(y), inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new NegativeBinomial((_odds.With(expansion), expansion.Of(R)));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => poisson(Noise.Gamma(R.expand(Shape), generator) * Logits.exp(), generator);
}
