using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>Numbers out of 0-dim tensors.</summary>
internal static class Scalars
{
    public static double ToDouble(Tensor scalar) => scalar.dtype switch
    {
        ScalarType.Float32 => scalar.item<float>(),
        ScalarType.Float64 => scalar.item<double>(),
        _ => scalar.to_type(ScalarType.Float64).item<double>(),
    };

    /// <summary>Several 0-dim tensors as numbers, read in one go.</summary>
    public static double[] ToDoubles(IReadOnlyList<Tensor> scalars) => scalars.Count == 0
        ? []
        : stack(scalars.Select(s => s.detach().to_type(ScalarType.Float64))).cpu().data<double>().ToArray();
}
