using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Log densities that are −∞ outside a support.</summary>
internal static class Restricted
{
    /// <summary>A log density inside the support, and −∞ outside.</summary>
    /// <param name="density">The log density; anything but NaN outside, so that no gradient is.</param>
    /// <param name="inside">Which values are in the support.</param>
    public static Tensor To(Tensor density, Tensor inside) => where(inside, density, density.new_full([], double.NegativeInfinity));

    /// <summary>Values, with those outside the support replaced by one inside before they meet a logarithm: then no gradient is NaN.</summary>
    /// <param name="x">The values.</param>
    /// <param name="inside">Which values are in the support.</param>
    /// <param name="value">The replacement.</param>
    public static Tensor Safe(Tensor x, Tensor inside, double value) => where(inside, x, x.new_full([], value));
}
