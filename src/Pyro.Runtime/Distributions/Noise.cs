using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Random numbers without parameters, of the dtype and on the device of a tensor.</summary>
internal static class Noise
{
    /// <summary>Standard normal numbers.</summary>
    public static Tensor Normal(long[] shape, Tensor like, Generator? generator) => randn(shape, like.dtype, like.device, generator: generator);

    /// <summary>Uniform numbers in [0, 1).</summary>
    public static Tensor Uniform(long[] shape, Tensor like, Generator? generator) => rand(shape, like.dtype, like.device, generator: generator);

    /// <summary>
    /// Logarithms of standard gamma numbers, differentiable in the shape parameter. In the logarithm, so that shapes near 0, whose numbers are below the
    /// smallest float, keep their meaning: ln G(α) = ln G(α + 1) + ln(U)/α.
    /// </summary>
    public static Tensor LogGamma(Tensor alpha, Generator? generator)
    {
        // 1 − U lies in (0, 1], so its logarithm is finite.
        var boost = (1 - Uniform(alpha.shape, alpha, generator)).log() / alpha;
        return _standard_gamma(alpha + 1, generator).log() + boost;
    }
}
