using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>What a mask may be: booleans, which say what elements of a log density count, or weights, which these are multiplied with.</summary>
internal static class Weights
{
    /// <summary>A mask as it is used: booleans as they are, numbers as ones of floating point.</summary>
    /// <param name="mask">The mask. Its numbers are looked at in host memory, where <see cref="Validation"/> is on.</param>
    /// <exception cref="ArgumentException">It has a number that is no weight.</exception>
    public static Tensor Of(Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.dtype == ScalarType.Bool)
            return mask;
        if (mask.is_complex())
            throw new ArgumentException($"The mask has the dtype {mask.dtype}. Give booleans, or weights: finite numbers from 0.", nameof(mask));
        if (Validation.Enabled && mask.device_type == TorchSharp.DeviceType.CPU && Constraints.NonNegative.Find(mask) is { } found)
            throw new ArgumentException(
                $"The mask has the weight {found}. A weight multiplies the log density of an element, and 0 leaves it out: give finite numbers from 0, or booleans.", nameof(mask));
        return mask.is_floating_point() ? mask : mask.to_type(ScalarType.Float32);
    }
}
