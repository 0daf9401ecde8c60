using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>Numbers out of 0-dim tensors.</summary>
internal static class Scalars
{
    /// <summary>The number of a 0-dim tensor on any device, of any dtype.</summary>
    public static double ToDouble(Tensor scalar) => scalar.dtype switch
    {
        ScalarType.Float32 => scalar.Number<float>(),
        ScalarType.Float64 => scalar.Number<double>(),
        _ => Converted(scalar),
    };

    /// <summary>Several 0-dim tensors as numbers; those of a device are read in one go.</summary>
    public static double[] ToDoubles(IReadOnlyList<Tensor> scalars)
    {
        if (scalars.Any(scalar => scalar.device_type != DeviceType.CPU))
        {
            using var scope = NewDisposeScope();
            return stack(scalars.Select(scalar => scalar.detach().to_type(ScalarType.Float64))).Numbers<double>();
        }
        var numbers = new double[scalars.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = ToDouble(scalars[i]);
        return numbers;
    }

    private static double Converted(Tensor scalar)
    {
        using var number = scalar.to_type(ScalarType.Float64);
        return ToDouble(number);
    }
}
