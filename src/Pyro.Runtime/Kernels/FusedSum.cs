using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>The sum of a log density over all elements as one node of the graph: value and wanted derivatives in one pass over host memory.</summary>
/// <typeparam name="TDensity">The density.</typeparam>
internal sealed class FusedSum<TDensity> : autograd.SingleTensorFunction<FusedSum<TDensity>>
    where TDensity : struct, IDensity
{
    /// <summary>The sum, fused where the arguments allow it and by operations elsewhere.</summary>
    /// <param name="x">The values.</param>
    /// <param name="a">The first parameter.</param>
    /// <param name="b">The second parameter.</param>
    /// <returns>A 0-dim tensor.</returns>
    public static Tensor Of(Tensor x, Tensor a, Tensor b)
    {
        if (!Fits(x, a, b))
            return TDensity.LogProb(x, a, b).sum();
        return is_grad_enabled() && (x.requires_grad || a.requires_grad || b.requires_grad) ? apply(x, a, b) : Forward([x, a, b], [null, null, null]);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        Tensor[] inputs = [(Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]];
        var gradients = Array.ConvertAll(inputs, input => input.requires_grad ? input.new_empty(input.shape) : null);
        ctx.save_for_backward([.. inputs, .. gradients.OfType<Tensor>()]);
        return Forward(inputs, gradients);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var saved = ctx.get_saved_variables();
        var result = new List<Tensor> { null!, null!, null! };
        var wanted = Enumerable.Range(0, 3).Where(i => saved[i].requires_grad).ToArray();
        if (!is_grad_enabled())
        {
            for (var i = 0; i < wanted.Length; i++)
                result[wanted[i]] = saved[3 + i] * grad_output;
            return result;
        }
        // A graph of the derivative is wanted, which only operations record.
        var sum = TDensity.LogProb(saved[0], saved[1], saved[2]).sum();
        var gradients = autograd.grad([sum], [.. wanted.Select(i => saved[i])], [grad_output], retain_graph: true, create_graph: true);
        for (var i = 0; i < wanted.Length; i++)
            result[wanted[i]] = gradients[i];
        return result;
    }

    private static bool Fits(Tensor x, Tensor a, Tensor b)
    {
        var longest = x.numel() >= a.numel() ? x : a;
        longest = longest.numel() >= b.numel() ? longest : b;
        var shape = longest.shape;
        return x.numel() > 0 && longest.numel() <= int.MaxValue / sizeof(double) && Fits(x, x.dtype, shape) && Fits(a, x.dtype, shape) && Fits(b, x.dtype, shape);
    }

    private static bool Fits(Tensor argument, ScalarType type, long[] shape) =>
        argument.dtype == type && type is ScalarType.Float32 or ScalarType.Float64 && argument.device_type == DeviceType.CPU && argument.is_contiguous()
        && (argument.shape is var own && own.AsSpan().SequenceEqual(shape) || (argument.numel() == 1 && own.Length <= shape.Length));

    private static Tensor Forward(Tensor[] inputs, Tensor?[] gradients) => inputs[0].new_full(
        [], inputs[0].dtype == ScalarType.Float64 ? Run<double>(inputs, gradients) : Run<float>(inputs, gradients));

    private static double Run<T>(Tensor[] inputs, Tensor?[] gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = Numbers<T>(inputs[0]);
        var a = Numbers<T>(inputs[1]);
        var b = Numbers<T>(inputs[2]);
        return Sum.Run<TDensity, T>(Math.Max(x.Length, Math.Max(a.Length, b.Length)), x, a, b,
            Numbers<T>(gradients[0]), Numbers<T>(gradients[1]), Numbers<T>(gradients[2]));
    }

    private static Span<T> Numbers<T>(Tensor? tensor)
        where T : unmanaged => tensor is null ? [] : MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
