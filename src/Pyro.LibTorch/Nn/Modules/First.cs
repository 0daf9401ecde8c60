using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters with the first values that PyTorch gives them.</summary>
internal static class First
{
    internal static Parameter Uniform(long[] shape, double bound, Device? device, ScalarType? dtype) =>
        new(nn.init.uniform_(empty(shape, dtype, device), -bound, bound));

    internal static Parameter Constant(long[] shape, double value, Device? device, ScalarType? dtype) => new(full(shape, value, dtype ?? get_default_dtype(), device));
}
