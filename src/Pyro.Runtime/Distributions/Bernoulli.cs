using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Bernoulli distribution: log p(x) = x ln p + (1 − x) ln(1 − p). Support: {0, 1}. Mean p, variance p(1 − p). Not reparameterised; enumerable.
/// </summary>
public sealed class Bernoulli : Distribution
{
    private readonly Tensor? _ps;
    private readonly Tensor? _logits;

    /// <summary>Creates the distribution from probabilities or from log odds.</summary>
    /// <param name="ps">The probability of 1, from 0 to 1.</param>
    /// <param name="logits">ln(p/(1 − p)).</param>
    /// <exception cref="ArgumentException">Both are given, or none is.</exception>
    public Bernoulli(TensorArg? ps = null, TensorArg? logits = null)
        : this(ps?.Resolve(), logits?.Resolve())
    {
    }

    private Bernoulli(Tensor? ps, Tensor? logits)
        : base(One(ps, logits).shape, eventRank: 0, reparameterized: false)
    {
        _ps = ps;
        _logits = logits;
    }

    /// <summary>The probability of 1.</summary>
    public Tensor Ps => _ps ?? _logits!.sigmoid();

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _logits ?? _ps!.logit();

    /// <inheritdoc/>
    public override string Name => nameof(Bernoulli);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Boolean;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [_ps is not null ? new("ps", _ps, Constraints.UnitInterval) : new("logits", _logits!, Constraints.Real)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Ps;

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var ps = Ps;
            return ps * (1 - ps);
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => _ps ?? _logits!;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport()
    {
        var values = Leading.new_zeros([2, .. Shape]);
        values[1].fill_(1);
        return values;
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var one = x.eq(1);
        var zero = x.eq(0);
        if (_ps is not null)
        {
            // The probability of the value is chosen before the logarithm: where it is certain, the other one's ln 0 must not reach the gradient.
            var other = where(zero, 1 - _ps, _ps.new_zeros([]));
            return where(one, _ps, other).log();
        }
        var density = where(one, _logits!, -_logits!).log_sigmoid();
        return Restrict(density, one.logical_or(zero));
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        _ps is not null ? new Bernoulli(expansion.Of(_ps), null) : new Bernoulli(null, expansion.Of(_logits!));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => bernoulli(Ps, generator);

    private static Tensor One(Tensor? ps, Tensor? logits) => (ps, logits) switch
    {
        (not null, null) => ps,
        (null, not null) => logits,
        _ => throw new ArgumentException("Bernoulli takes either ps or logits: one of the two."),
    };
}
