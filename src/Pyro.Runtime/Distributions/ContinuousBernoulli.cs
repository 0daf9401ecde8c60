using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// Numbers from 0 to 1 with a density proportional to pˣ(1 − p)¹⁻ˣ, for grey pixels and other shares (Loaiza-Ganem and Cunningham, "The continuous Bernoulli", 2019). With the
/// log odds ℓ = ln(p/(1 − p)): log p(x) = ℓ(x − ½) − ln(sinh(ℓ/2)/(ℓ/2)). Support: the unit interval. Mean ½ + ½ coth(ℓ/2) − 1/ℓ, variance 1/ℓ² − 1/(4 sinh²(ℓ/2)); at p = ½
/// it is uniform. Sampled by inversion.
/// </summary>
[Family(nameof(Constraints.UnitInterval), Reparameterized = true)]
public sealed class ContinuousBernoulli : Distribution
{
    // Half log odds below which the powers of a series are taken: the closed forms are differences of large numbers there.
    private const double Near = 0.1;

    // Log odds below which the distribution is uniform but for a term, and above which their exponential function leaves the numbers of an exact sum.
    private const double Flat = 1e-6;
    private const double Steep = 30;

    private readonly Odds _odds;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="ps">The weight p of 1 against that of 0, between 0 and 1; not the mean.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">Both are given, or none is.</exception>
    public ContinuousBernoulli(
        [Domain(nameof(Constraints.OpenUnitInterval))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null,
        bool reparameterized = true)
        : this(Odds.Of(nameof(ContinuousBernoulli), ps, logits), reparameterized)
    {
    }

    private ContinuousBernoulli(Odds odds, bool reparameterized) : base(odds.Given.Sizes(), eventRank: 0, reparameterized) => _odds = odds;

    /// <summary>The weight p of 1 against that of 0.</summary>
    public Tensor Ps => _odds.Ps;

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _odds.Logits;

    /// <inheritdoc/>
    public override string Name => nameof(ContinuousBernoulli);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.UnitInterval;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [_odds.Parameter is var given && given.Name == "ps" ? given with { Constraint = Constraints.OpenUnitInterval } : given];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mean(Logits);

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var (half, near) = Half(Logits);
            var (power, far) = (Inside(half, near).square(), Outside(half, near));
            var series = 1 / 3.0 + power * (-1 / 15.0 + power * (2 / 189.0 + power * (-1 / 675.0 + power * (2 / 10395.0))));
            // 1/sinh² by the exponential function of what is negative.
            var small = (-2 * far).exp();
            return 0.25 * where(near, series, 1 / far.square() - 4 * small / (-(-2 * far).expm1()).square());
        }
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x)
    {
        var logits = Logits;
        var y = x.clamp(0, 1);
        var flat = logits.abs().lt(Flat);
        var steep = where(flat, logits.new_full([], 1), logits);
        // (e^(ℓx) − 1)/(e^ℓ − 1), for positive log odds with e^−ℓ taken out.
        var size = -steep.abs();
        var falling = (size * y).expm1() / size.expm1();
        var rising = (size * (1 - y)).exp() * (size * y).expm1() / size.expm1();
        return where(flat, y + 0.5 * logits * y * (y - 1), where(steep.gt(0), rising, falling));
    }

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Quantile(probability, Logits);

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        var (half, near) = Half(Logits);
        var power = Inside(half, near).square();
        var size = 2 * Outside(half, near);
        return where(near, NearNormalizer(power) - power * NearSlope(power), 1 - size.log() + Rest(size).log() - size * Tail(size));
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => _odds.Given;

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ps">The weight of 1 against that of 0, between 0 and 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg? ps, TensorArg? logits = null) => LogProb(x, Odds.Of(nameof(ContinuousBernoulli), ps, logits));

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="ps">The weight of 1 against that of 0, between 0 and 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg? ps, TensorArg? logits = null) => LogProb(x, ps, logits).sum();

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="ps">The weight of 1 against that of 0, between 0 and 1; null where logits are given.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg? ps, TensorArg? logits = null, Generator? generator = null) =>
        Sample(Odds.Of(nameof(ContinuousBernoulli), ps, logits), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, _odds);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new ContinuousBernoulli(_odds.With(expansion), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(_odds, generator);

    // Far from even odds it is an exponential distribution from the likelier end, cut off at the other.
    private static Tensor LogProb(Tensor x, in Odds odds)
    {
        var inside = Constraints.UnitInterval.Check(x);
        var y = Safe(x, inside, 0.5);
        var logits = odds.Logits;
        var (half, near) = Half(logits);
        var size = 2 * Outside(half, near);
        var far = size.log() - size * where(logits.gt(0), 1 - y, y) - Rest(size).log();
        return Restrict(where(near, logits * (y - 0.5) - NearNormalizer(Inside(half, near).square()), far), inside);
    }

    private static Tensor Sample(in Odds odds, Generator? generator)
    {
        var logits = odds.Logits;
        return Quantile(Noise.OpenUniform(logits.Sizes(), logits, generator), logits);
    }

    // ½ + ½ (coth h − 1/h) with the sign of ℓ, for h = |ℓ|/2.
    private static Tensor Mean(Tensor logits)
    {
        var (half, near) = Half(logits);
        var (small, size) = (Inside(half, near), 2 * Outside(half, near));
        var fromEnd = 1 / size - Tail(size);
        return where(near, 0.5 + 0.5 * logits.sign() * small * NearSlope(small.square()), where(logits.gt(0), 1 - fromEnd, fromEnd));
    }

    // ln(sinh(h)/h) in h².
    private static Tensor NearNormalizer(Tensor power) => power * (1 / 6.0 + power * (-1 / 180.0 + power * (1 / 2835.0 + power * (-1 / 37800.0))));

    // (coth h − 1/h)/h in h².
    private static Tensor NearSlope(Tensor power) => 1 / 3.0 + power * (-1 / 45.0 + power * (2 / 945.0 + power * (-1 / 4725.0)));

    // 1 − e^−s.
    private static Tensor Rest(Tensor size) => -(-size).expm1();

    // e^−s/(1 − e^−s).
    private static Tensor Tail(Tensor size) => (-size).exp() / Rest(size);

    // ln(1 + u (e^ℓ − 1))/ℓ, and from the other end, 1 + ln(1 + (1 − u)(e^−ℓ − 1))/ℓ; where the powers are too large, with them taken out.
    private static Tensor Quantile(Tensor u, Tensor logits)
    {
        var flat = logits.abs().lt(Flat);
        var steep = where(flat, logits.new_full([], 1), logits);
        var left = 1 - u;
        var low = where(steep.gt(Steep), 1 + (u + left * (-steep.clamp(min: Steep)).exp()).log() / steep, (u * steep.clamp(max: Steep).expm1()).log1p() / steep);
        var high = where(steep.lt(-Steep), (left + u * steep.clamp(max: -Steep).exp()).log() / steep, 1 + (left * (-steep.clamp(min: -Steep)).expm1()).log1p() / steep);
        return where(flat, u + 0.5 * logits * u * left, where(u.lt(0.5), low, high)).clamp(0, 1);
    }

    private static (Tensor Half, Tensor Near) Half(Tensor logits)
    {
        var half = 0.5 * logits.abs();
        return (half, half.lt(Near));
    }

    private static Tensor Inside(Tensor half, Tensor near) => where(near, half, half.new_zeros([]));

    private static Tensor Outside(Tensor half, Tensor near) => where(near, half.new_full([], 1), half);
}
