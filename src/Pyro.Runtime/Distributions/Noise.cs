using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Random numbers that others are made of, of the dtype and on the device of a tensor.</summary>
internal static class Noise
{
    private const double Countable = 1e17;

    // A number beside a tensor becomes a new native scalar in each operation.
    private static readonly TorchSharp.Scalar s_one = 1;

    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(long[] shape, Tensor like, Generator? generator) => randn(shape, like.dtype, like.device, generator: generator);

    /// <summary>Uniform numbers in [0, 1).</summary>
    public static Tensor Uniform(long[] shape, Tensor like, Generator? generator) => rand(shape, like.dtype, like.device, generator: generator);

    /// <summary>Uniform numbers strictly between 0 and 1.</summary>
    public static Tensor OpenUniform(long[] shape, Tensor like, Generator? generator) => OpenUnit.Clamp(Uniform(shape, like, generator));

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
            return Constraints.Positive.Find(alpha) is { } found
                ? throw new ArgumentException($"A gamma distribution has the shape parameter {found}, which must be positive.", nameof(alpha))
                : _standard_gamma(alpha, generator);
        var valid = alpha.gt(0).logical_and(alpha.lt(double.PositiveInfinity));
        var sample = _standard_gamma(where(valid, alpha, alpha.new_full([], 1)), generator);
        return where(valid, sample, sample.new_full([], double.NaN));
    }

    /// <summary>
    /// Logarithms of standard gamma numbers, differentiable in the shape parameter. In the logarithm, so that shapes near 0, whose numbers are below the
    /// smallest float, keep their meaning: ln G(α) = ln G(α + 1) + ln(U)/α.
    /// </summary>
    public static Tensor LogGamma(Tensor alpha, Generator? generator) =>
        Gamma(alpha.add(s_one, s_one), generator).log() + LogUniform(alpha.Sizes(), alpha, generator) / alpha;

    /// <summary>Poisson numbers.</summary>
    /// <param name="rate">The rates; not negative.</param>
    /// <param name="generator">The random numbers, or null.</param>
    public static Tensor Poisson(Tensor rate, Generator? generator)
    {
        // libtorch counts in 64 bits. Further out the nearest integer to a rate is as good: what it varies by is less than its last digit in single precision.
        var drawn = poisson(rate.clamp_max(Countable), generator);
        return where(rate.gt(Countable), rate.round(), drawn);
    }

    /// <summary>Numbers that rounding has not brought to 0.</summary>
    public static Tensor Positive(Tensor x) =>
        Clamped.To(x, x.dtype == ScalarType.Float64 ? 2.2250738585072014e-308 : 1.17549435e-38);
}
