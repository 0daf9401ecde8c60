using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Counts (or weights, or densities) in equal bins over a range, or over the data's.</summary>
    public static (Tensor hist, Tensor bin_edges) histogram(Tensor input, long bins, (double min, double max)? range = null, Tensor? weight = null, bool density = false) =>
        Ops.histogram(input, bins, range is var (min, max) ? [min, max] : null, weight, density);
}
