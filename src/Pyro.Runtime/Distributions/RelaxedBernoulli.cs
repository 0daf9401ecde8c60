using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// A Bernoulli draw made continuous: sigmoid((ℓ + L)/T) where ℓ are the log odds and L is logistic (Maddison, Mnih and Teh, "The concrete distribution",
/// 2017). With d = ℓ − T logit x: log p(x) = ln T + d − 2 ln(1 + exp d) − ln x − ln(1 − x). Support: the numbers between 0 and 1.
/// </summary>
[Family(nameof(Constraints.OpenUnitInterval), Reparameterized = true)]
public sealed class RelaxedBernoulli : Distribution
{
    private readonly Odds _odds;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="temperature">The temperature; positive. Towards 0 draws become 0 or 1.</param>
    /// <param name="ps">The probability of 1, between 0 and 1.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the parameters do not broadcast.</exception>
    public RelaxedBernoulli(
        [Domain(nameof(Constraints.Positive))] TensorArg temperature,
        [Domain(nameof(Constraints.UnitInterval))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null,
        bool reparameterized = true)
        : this(Odds.Of(nameof(RelaxedBernoulli), ps, logits, temperature), reparameterized)
    {
    }

    private RelaxedBernoulli((Odds Odds, Tensor Temperature) p, bool reparameterized)
        : base(Broadcast(nameof(RelaxedBernoulli), p.Temperature, p.Odds.Given), eventRank: 0, reparameterized) => (_odds, Temperature) = p;

    /// <summary>The temperature.</summary>
    public Tensor Temperature { get; }

    /// <summary>The probability of 1.</summary>
    public Tensor Ps => _odds.Ps;

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _odds.Logits;

    /// <inheritdoc/>
    public override string Name => nameof(RelaxedBernoulli);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.OpenUnitInterval;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("temperature", Temperature, Constraints.Positive), _odds.Parameter];

    /// <inheritdoc/>
    protected internal override Tensor Leading => _odds.Given;

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="temperature">The temperature; positive.</param>
    /// <param name="ps">The probability of 1, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg temperature, TensorArg? ps, TensorArg? logits = null)
    {
        var (odds, heat) = Odds.Of(nameof(RelaxedBernoulli), ps, logits, temperature);
        return LogProb(x, heat, odds);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="temperature">The temperature; positive.</param>
    /// <param name="ps">The probability of 1, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg temperature, TensorArg? ps, TensorArg? logits = null) => LogProb(x, temperature, ps, logits).sum();

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="temperature">The temperature; positive.</param>
    /// <param name="ps">The probability of 1, from 0 to 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg temperature, TensorArg? ps, TensorArg? logits = null, Generator? generator = null)
    {
        var (odds, heat) = Odds.Of(nameof(RelaxedBernoulli), ps, logits, temperature);
        return Sample(heat, odds, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, Temperature, _odds);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new RelaxedBernoulli((_odds.With(expansion), expansion.Of(Temperature)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(Temperature, _odds, generator);

    private static Tensor LogProb(Tensor x, Tensor temperature, in Odds odds)
    {
        // Where 0 or 1 is certain, all draws are that number.
        var logits = odds.FiniteLogits;
        var inside = Constraints.OpenUnitInterval.Check(x).logical_and(logits.abs().lt(Odds.Certain));
        var y = Safe(x, inside, 0.5);
        return Restrict(temperature.log() + Logs.Logistic(logits - temperature * y.logit()) - y.log() - (-y).log1p(), inside);
    }

    private static Tensor Sample(Tensor temperature, in Odds odds, Generator? generator)
    {
        var shape = Broadcast(nameof(RelaxedBernoulli), temperature, odds.Given);
        var logistic = Noise.OpenUniform(shape, odds.Given, generator).logit();
        return OpenUnit.Clamp(((odds.FiniteLogits + logistic) / temperature).sigmoid());
    }
}
