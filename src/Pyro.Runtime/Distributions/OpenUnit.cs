using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Keeps numbers strictly between 0 and 1, so that their logarithms and those of their complements are finite.</summary>
internal static class OpenUnit
{
    /// <summary>The number, or the nearest one inside.</summary>
    public static Tensor Clamp(Tensor x) => x.dtype == ScalarType.Float64
        ? Clamped.To(x, 2.2250738585072014e-308, 1 - 1.1102230246251565e-16)
        : Clamped.To(x, 1.17549435e-38, 1 - 5.9604645e-8);

    /// <summary>The number, or the nearest one between −1 and 1.</summary>
    public static Tensor ClampSigned(Tensor x)
    {
        var end = x.dtype == ScalarType.Float64 ? 1 - 1.1102230246251565e-16 : 1 - 5.9604645e-8;
        return Clamped.To(x, -end, end);
    }
}
