using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>A probability, given as such or by its log odds.</summary>
internal readonly struct Odds
{
    /// <summary>What stands for the log odds of 1 where they must be finite.</summary>
    public const double Certain = 1e30;

    private const double Rare = 1e-3;
    private const double Sure = 7;

    private readonly Tensor? _ps;
    private readonly Tensor? _logits;

    private Odds(Tensor? ps, Tensor? logits)
    {
        _ps = ps;
        _logits = logits;
    }

    /// <summary>The probability of one.</summary>
    public Tensor Ps => _ps ?? _logits!.sigmoid();

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _logits ?? _ps!.logit();

    /// <summary>ln(p/(1 − p)) as finite numbers: ±<see cref="Certain"/> at 1 and 0, to which nothing flows back.</summary>
    public Tensor FiniteLogits
    {
        get
        {
            if (_ps is null)
                return _logits!;
            var open = _ps.gt(0).logical_and(_ps.lt(1));
            return where(open, Restricted.Safe(_ps, open, 0.5).logit(), (_ps.detach() - 0.5) * (2 * Certain));
        }
    }

    /// <summary>The log odds where they were given.</summary>
    public Tensor? LogitsOrNull => _logits;

    /// <summary>The probability of one, in double.</summary>
    public Tensor Wide => _ps is not null ? Exactly.Wide(_ps) : Exactly.Wide(_logits!).sigmoid();

    /// <summary>The probability of zero, in double.</summary>
    public Tensor WideOther => _ps is not null ? 1 - Exactly.Wide(_ps) : (-Exactly.Wide(_logits!)).sigmoid();

    /// <summary>The probability of the rarer outcome, in double: of one, or of zero with a minus sign.</summary>
    public Tensor Rarer => where(Wide.le(0.5), Wide, -WideOther);

    /// <summary>The probability of zero, to the last digit where it is small.</summary>
    public Tensor Others => _ps is not null ? 1 - _ps : (-_logits!).sigmoid();

    /// <summary>What was given.</summary>
    public Tensor Given => _ps ?? _logits!;

    /// <summary>The parameter as it was given.</summary>
    public DistributionParameter Parameter =>
        _ps is not null ? new("ps", _ps, Constraints.UnitInterval) : new("logits", _logits!, Constraints.Real);

    /// <summary>One of the two arguments.</summary>
    /// <param name="family">The family's name, for the message.</param>
    /// <param name="ps">The probability.</param>
    /// <param name="logits">The log odds.</param>
    /// <exception cref="ArgumentException">Both are given, or none is.</exception>
    public static Odds Of(string family, TensorArg? ps, TensorArg? logits) => ps is null != logits is null
        ? new Odds(ps?.Resolve(), logits?.Resolve())
        : throw new ArgumentException($"{family} takes either ps or logits: one of the two.");

    /// <summary>One of the two arguments, and another one beside it.</summary>
    /// <param name="family">The family's name, for the message.</param>
    /// <param name="ps">The probability.</param>
    /// <param name="logits">The log odds.</param>
    /// <param name="other">The other argument.</param>
    /// <exception cref="ArgumentException">Both are given, or none is.</exception>
    public static (Odds Odds, Tensor Other) Of(string family, TensorArg? ps, TensorArg? logits, TensorArg other)
    {
        if (ps is null == logits is null)
            throw new ArgumentException($"{family} takes either ps or logits: one of the two.");
        var (given, beside) = TensorArg.Resolve((ps ?? logits)!.Value, other);
        return (ps is not null ? new Odds(given, null) : new Odds(null, given), beside);
    }

    /// <summary>ln pˣ, which is 0 where x is 0.</summary>
    public Tensor LogPower(Tensor x) => _ps is not null ? Logs.Power(_ps, x) : -x * Logs.Softplus(-_logits!);

    /// <summary>ln (1 − p)ˣ, which is 0 where x is 0.</summary>
    public Tensor LogPowerOfOther(Tensor x)
    {
        if (_ps is null)
            return -x * Logs.Softplus(_logits!);
        return x * (-where(x.eq(0), _ps.new_zeros([]), _ps)).log1p();
    }

    /// <summary>Draws 1 with the probability, and 0 otherwise.</summary>
    /// <param name="generator">The random numbers, or null.</param>
    public Tensor Draw(Generator? generator)
    {
        // The uniform numbers of single precision are multiples of 6e-8: rare outcomes take those of double.
        using var noGrad = no_grad();
        if (_ps is not null ? Clamped.IsInside(_ps, Rare, 1) : Clamped.IsInside(_logits!, -Sure, Sure))
            return bernoulli(Ps, generator);
        return bernoulli(Wide, generator).to_type(Given.dtype);
    }

    /// <summary>Draws how many of n draws are one.</summary>
    /// <param name="n">The numbers of draws, in the shape of the result.</param>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public Tensor DrawOf(Tensor n, long[] shape, Generator? generator)
    {
        using var noGrad = no_grad();
        var trials = n.expand(shape);
        if (_ps is not null)
            return Noise.Binomial(trials, _ps.expand(shape), generator).to_type(Given.dtype);

        // The probability of the rarer outcome has all its digits.
        var logits = Exactly.Wide(_logits!).expand(shape);
        var rarer = Noise.Binomial(trials, (-logits.abs()).sigmoid(), generator);
        return where(logits.gt(0), trials - rarer, rarer).to_type(Given.dtype);
    }

    /// <summary>The same, expanded.</summary>
    /// <param name="expansion">What to apply.</param>
    public Odds With(in Expansion expansion) =>
        _ps is not null ? new Odds(expansion.Of(_ps), null) : new Odds(null, expansion.Of(_logits!));

    /// <summary>The log density of one draw, reduced; −∞ for values other than 0 and 1.</summary>
    /// <param name="x">The values.</param>
    /// <param name="reduction">What becomes of its elements.</param>
    public Tensor LogBernoulli(Tensor x, in Reduction reduction) => _ps is not null
        ? Fused<BernoulliDensity>.Reduce(in reduction, x, _ps)
        : Fused<BernoulliLogitsDensity>.Reduce(in reduction, x, _logits!);

    /// <summary>x ln p + (1 − x) ln(1 − p), element by element; −∞ for values outside of the unit interval.</summary>
    /// <param name="x">The values.</param>
    public Tensor LogCrossEntropy(Tensor x)
    {
        var inside = Constraints.UnitInterval.Check(x);
        // Of what is outside, the outcome that is the likelier one: it is never impossible, and its logarithm has a slope.
        var y = where(inside, x, Given.gt(_ps is null ? 0 : 0.5).to_type(x.dtype));
        return Restricted.To(LogPower(y) + LogPowerOfOther(1 - y), inside);
    }

    /// <summary>The log density of how many draws are one before the r-th that is zero, reduced; −∞ for values other than the integers from 0.</summary>
    /// <param name="x">The values.</param>
    /// <param name="r">The numbers of zeros.</param>
    /// <param name="reduction">What becomes of its elements.</param>
    public Tensor LogNegativeBinomial(Tensor x, Tensor r, in Reduction reduction) => _ps is not null
        ? Fused<NegativeBinomialDensity>.Reduce(in reduction, x, r, _ps)
        : Fused<NegativeBinomialLogitsDensity>.Reduce(in reduction, x, r, _logits!);

    /// <summary>The log density of how many of n draws are one, reduced; −∞ for values other than the integers from 0 to n.</summary>
    /// <param name="x">The values.</param>
    /// <param name="n">The numbers of draws.</param>
    /// <param name="reduction">What becomes of its elements.</param>
    public Tensor LogBinomial(Tensor x, Tensor n, in Reduction reduction) => _ps is not null
        ? Fused<BinomialDensity>.Reduce(in reduction, x, n, _ps)
        : Fused<BinomialLogitsDensity>.Reduce(in reduction, x, n, _logits!);
}
