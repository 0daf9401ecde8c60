using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Kernels.Special;

/// <summary>Functions of a few numbers, element by element of tensors that broadcast, in double and in host memory; of tensors on a device copies go there and back.</summary>
internal static class Scalars
{
    /// <summary>The values: a tensor in double on the arguments' device, with the gradients by all of them.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="ArgumentException">They do not broadcast.</exception>
    public static Tensor Of<TFunction>(params Tensor[] arguments)
        where TFunction : struct, IScalarFunction
    {
        var shape = arguments[0].Sizes();
        foreach (var argument in arguments[1..])
            shape = Distributions.Shapes.Broadcast(shape, argument.Sizes()) ?? throw new ArgumentException(
                $"Values and parameters have shapes {string.Join(", ", arguments.Select(a => Distributions.Shapes.Format(a.Sizes())))}, which do not broadcast.");
        var inputs = Array.ConvertAll(arguments, argument => argument.to_type(ScalarType.Float64).cpu().expand(shape).contiguous());
        var result = is_grad_enabled() && Array.Exists(inputs, input => input.requires_grad)
            ? ScalarNode<TFunction>.Of(inputs)
            : Values<TFunction>(inputs);
        return arguments[0].device_type == DeviceType.CPU ? result : result.to(arguments[0].device);
    }

    /// <summary>The values, and the derivatives where there is room for them.</summary>
    /// <param name="inputs">The arguments, in order, of one shape.</param>
    /// <param name="derivatives">Where derivatives go; empty for none.</param>
    public static Tensor Values<TFunction>(Tensor[] inputs, params Tensor[] derivatives)
        where TFunction : struct, IScalarFunction
    {
        var result = inputs[0].new_empty(inputs[0].Sizes());
        var count = (int)result.numel();
        Span<double> arguments = stackalloc double[inputs.Length], slopes = stackalloc double[inputs.Length];
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < inputs.Length; k++)
                arguments[k] = Memory.Of<double>(inputs[k])[i];
            Memory.Of<double>(result)[i] = TFunction.At(arguments, slopes);
            for (var k = 0; k < derivatives.Length; k++)
                Memory.Of<double>(derivatives[k])[i] = slopes[k];
        }
        // A span does not keep its tensor.
        GC.KeepAlive(inputs);
        GC.KeepAlive(derivatives);
        return result;
    }
}
