using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Numbers that have been put elsewhere, with the gradient that they had.</summary>
internal static class Moved
{
    /// <summary>The numbers at their new places; to what overflowed nothing flows back.</summary>
    /// <param name="value">The numbers.</param>
    /// <param name="place">Where they are put; without a gradient.</param>
    public static Tensor To(Tensor value, Tensor place)
    {
        if (!value.requires_grad || !is_grad_enabled())
            return place;
        var finite = where(value.isfinite(), value, value.new_zeros([]));
        return place + (finite - finite.detach());
    }
}
