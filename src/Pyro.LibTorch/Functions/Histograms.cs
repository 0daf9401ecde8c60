using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Counts (or weights, or densities) in equal bins over a range, or over the data's.</summary>
    public static (Tensor hist, Tensor bin_edges) histogram(Tensor input, long bins, (double min, double max)? range = null, Tensor? weight = null, bool density = false) =>
        Ops.histogram(input, bins, range is var (min, max) ? [min, max] : null, weight, density);

    /// <summary>The gradient of a function by central differences of its values, in one dimension or in each.</summary>
    public static ICollection<Tensor> gradient(Tensor input, int spacing = 1, long? dim = null, int edge_order = 1) => Ops.gradient(input, spacing, dim, edge_order);

    /// <summary>The gradient of a function by central differences of its values, in some dimensions or in each.</summary>
    public static ICollection<Tensor> gradient(Tensor input, int spacing = 1, long[]? dims = null, int edge_order = 1) =>
        dims is null ? Ops.gradient(input, spacing, null, edge_order) : Ops.gradient__dims(input, spacing, dims, edge_order);
}
