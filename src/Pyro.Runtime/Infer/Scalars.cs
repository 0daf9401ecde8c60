using Pyro.Kernels;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>Numbers out of 0-dim tensors.</summary>
internal static class Scalars
{
    /// <summary>The number of a 0-dim tensor on any device, of any dtype.</summary>
    public static double ToDouble(Tensor scalar) => scalar.dtype switch
    {
        ScalarType.Float32 => First<float>(scalar),
        ScalarType.Float64 => First<double>(scalar),
        _ => ToDouble(scalar.to_type(ScalarType.Float64)),
    };

    /// <summary>Several 0-dim tensors as numbers; those of a device are read in one go.</summary>
    public static double[] ToDoubles(IReadOnlyList<Tensor> scalars)
    {
        var numbers = new double[scalars.Count];
        if (scalars.All(scalar => scalar.device_type == DeviceType.CPU))
            for (var i = 0; i < numbers.Length; i++)
                numbers[i] = ToDouble(scalars[i]);
        else
            Memory.Of<double>(stack(scalars.Select(scalar => scalar.detach().to_type(ScalarType.Float64))).cpu()).CopyTo(numbers);
        return numbers;
    }

    private static T First<T>(Tensor scalar)
        where T : unmanaged
    {
        var host = scalar.device_type == DeviceType.CPU ? scalar : scalar.detach().cpu();
        var number = Memory.Of<T>(host)[0];
        GC.KeepAlive(host);
        return number;
    }
}
