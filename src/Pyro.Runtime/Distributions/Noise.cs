using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Random numbers that others are made of, of the dtype and on the device of a tensor.</summary>
internal static class Noise
{
    // From this variance on counts are taken from a normal number, to 1e-8 of their distribution function.
    private const double Normally = 1e8;

    // From that number of trials on a variance below it leaves a probability of 1e-5 at most, and a Poisson number is as good to that much.
    private const double Rarely = 1e13;

    // A number beside a tensor becomes a new native scalar in each operation.
    private static readonly TorchSharp.Scalar s_one = 1;

    // Half of 2⁻⁵³ and of 2⁻²⁴, which uniform numbers are multiples of.
    private static readonly TorchSharp.Scalar s_halfStep = 5.551115123125783e-17;
    private static readonly TorchSharp.Scalar s_halfStepSingle = 2.9802322387695312e-8;

    // Below that shape a gamma number may be below the smallest normal number of single precision (by 1.17e-38^α/Γ(α + 1)).
    private const double Small = 0.5;

    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(long[] shape, Tensor like, Generator? generator) => randn(shape, like.dtype, like.device, generator: generator);

    /// <summary>Uniform numbers in [0, 1).</summary>
    public static Tensor Uniform(long[] shape, Tensor like, Generator? generator) => rand(shape, like.dtype, like.device, generator: generator);

    /// <summary>Uniform numbers strictly between 0 and 1: each in the middle of the step that it stands for, as 0 would be far out in a tail.</summary>
    public static Tensor OpenUniform(long[] shape, Tensor like, Generator? generator) =>
        OpenUnit.Clamp(Uniform(shape, like, generator).add_(like.dtype == ScalarType.Float64 ? s_halfStep : s_halfStepSingle));

    /// <summary>Whether something with a probability happens: true or false.</summary>
    /// <param name="probability">The probabilities; in single precision uniform numbers have steps of 6e-8, so that they are taken in double.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public static Tensor Happens(Tensor probability, Generator? generator)
    {
        var wide = probability.to_type(ScalarType.Float64);
        return Uniform(wide.Sizes(), wide, generator).lt(wide);
    }

    /// <summary>Logarithms of uniform numbers: of 1 − U, which lies in (0, 1], so that they are finite.</summary>
    public static Tensor LogUniform(long[] shape, Tensor like, Generator? generator) => Uniform(shape, like, generator).neg_().log1p_();

    /// <summary>Exponential numbers with rate 1.</summary>
    public static Tensor Exponential(long[] shape, Tensor like, Generator? generator) => -LogUniform(shape, like, generator);

    /// <summary>Standard gamma numbers, differentiable in the shape parameter by implicit differentiation.</summary>
    /// <param name="alpha">The shape parameters; positive.</param>
    /// <param name="generator">The random numbers, or null.</param>
    /// <exception cref="ArgumentException">A shape parameter in host memory is not positive.</exception>
    public static Tensor Gamma(Tensor alpha, Generator? generator)
    {
        // libtorch's sampler never returns from NaN. On a device, where looking would mean waiting, such a parameter is taken out and put back.
        if (alpha.device_type == TorchSharp.DeviceType.CPU)
            return _standard_gamma(Valid(alpha), generator);
        var valid = alpha.gt(0).logical_and(alpha.lt(double.PositiveInfinity));
        var sample = _standard_gamma(where(valid, alpha, alpha.new_full([], 1)), generator);
        return where(valid, sample, sample.new_full([], double.NaN));
    }

    /// <summary>
    /// Logarithms of standard gamma numbers, differentiable in the shape parameter. In the logarithm, so that shapes near 0, whose numbers are below the
    /// smallest float, keep their meaning: ln G(α) = ln G(α + 1) + ln(U)/α.
    /// </summary>
    public static Tensor LogGamma(Tensor alpha, Generator? generator) =>
        Gamma(Valid(alpha).add(s_one, s_one), generator).log() + LogUniform(alpha.Sizes(), alpha, generator) / alpha;

    /// <summary>Standard gamma numbers over a rate, as positive numbers: by logarithms where a shape is small, so that none is below the smallest number too early.</summary>
    /// <param name="alpha">The shape parameters; positive.</param>
    /// <param name="beta">The rates; positive.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public static Tensor GammaOver(Tensor alpha, Tensor beta, Generator? generator) =>
        Positive(IsLarge(alpha) ? Gamma(alpha, generator) / beta : (LogGamma(alpha, generator) - beta.log()).exp());

    /// <summary>A scale over standard gamma numbers, as positive numbers.</summary>
    /// <param name="alpha">The shape parameters; positive.</param>
    /// <param name="beta">The scales; positive.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public static Tensor OverGamma(Tensor alpha, Tensor beta, Generator? generator) =>
        Positive(IsLarge(alpha) ? beta / Gamma(alpha, generator) : (beta.log() - LogGamma(alpha, generator)).exp());

    /// <summary>Poisson numbers.</summary>
    /// <param name="rate">The rates; not negative.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public static Tensor Poisson(Tensor rate, Generator? generator)
    {
        var wide = rate.to_type(ScalarType.Float64);
        var drawn = poisson(wide.clamp_max(Normally), generator);
        return (Clamped.IsInside(rate, 0, Normally) ? drawn : where(wide.gt(Normally), Count(wide, wide, 1 / wide.sqrt(), generator), drawn)).to_type(rate.dtype);
    }

    /// <summary>Binomial numbers, in double.</summary>
    /// <param name="n">The numbers of trials; integers from 0.</param>
    /// <param name="p">The probabilities; of the same shape.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public static Tensor Binomial(Tensor n, Tensor p, Generator? generator)
    {
        var (trials, chance) = (n.to_type(ScalarType.Float64), p.to_type(ScalarType.Float64));
        if (Clamped.IsInside(trials.contiguous(), 0, Normally))
            return binomial(trials, chance, generator);
        var variance = trials * chance * (1 - chance);
        var (large, rare) = (variance.gt(Normally), trials.gt(Rarely));
        var drawn = binomial(where(large.logical_or(rare), trials.new_full([], 1), trials), chance, generator);

        // The rarer outcome is counted.
        var least = minimum(chance, 1 - chance);
        var seldom = poisson((trials * least).clamp(0, 4 * Normally), generator);
        drawn = where(rare, where(chance.gt(0.5), trials - seldom, seldom), drawn);
        var count = Count(trials * chance, variance, (1 - 2 * chance) / variance.sqrt(), generator);
        return minimum(where(large, count, drawn), trials);
    }

    // Cornish and Fisher's expansion by the skewness.
    private static Tensor Count(Tensor mean, Tensor variance, Tensor skewness, Generator? generator)
    {
        var z = Normal(mean.Sizes(), mean, generator);
        var deviation = variance.sqrt();
        return (mean + deviation * (z + (z.square() - 1) * skewness / 6)).round().clamp_min(0);
    }

    private static Tensor Valid(Tensor alpha) => alpha.device_type == TorchSharp.DeviceType.CPU && Constraints.Positive.Find(alpha) is { } found
        ? throw new ArgumentException($"A gamma distribution has the shape parameter {found}, which must be positive.", nameof(alpha))
        : alpha;

    private static bool IsLarge(Tensor alpha) => Clamped.IsInside(alpha.contiguous(), Small, double.PositiveInfinity);

    /// <summary>Finite numbers, where a sample has overflowed the largest.</summary>
    public static Tensor Finite(Tensor x) => Constraints.Real.Settle(x);

    /// <summary>Numbers that rounding has not brought to 0 or to infinity.</summary>
    public static Tensor Positive(Tensor x) => Constraints.Positive.Settle(x);
}
