using static TorchSharp.torch;

namespace Pyro;

/// <summary>Sizes, strides and single numbers of tensors, read without what TorchSharp's own properties cost.</summary>
/// <remarks>
/// <c>Tensor.shape</c> and <c>stride()</c> hand a new delegate to native code in each call, which takes ten times as long as asking for each
/// dimension, and leaves a thunk behind that Native AOT frees late. <c>item</c> goes through a native scalar.
/// </remarks>
internal static class TensorSizes
{
    /// <summary>The shape: <c>Tensor.shape</c>. Empty for a 0-dim tensor.</summary>
    public static long[] Sizes(this Tensor tensor)
    {
        var rank = (int)tensor.dim();
        if (rank == 0)
            return [];
        var sizes = new long[rank];
        for (var dim = 0; dim < rank; dim++)
            sizes[dim] = tensor.size(dim);
        return sizes;
    }

    /// <summary>The strides in elements: <c>Tensor.stride()</c>.</summary>
    public static long[] Strides(this Tensor tensor)
    {
        var strides = new long[tensor.dim()];
        for (var dim = 0; dim < strides.Length; dim++)
            strides[dim] = tensor.stride(dim);
        return strides;
    }
}
