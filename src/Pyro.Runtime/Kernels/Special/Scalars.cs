using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Kernels.Special;

/// <summary>Functions of two numbers, element by element of tensors that broadcast, in double and in host memory; of tensors on a device copies go there and back.</summary>
internal static class Scalars
{
    /// <summary>The values: a tensor in double on the arguments' device, with the gradients by both.</summary>
    /// <typeparam name="TFunction">The function.</typeparam>
    /// <param name="a">The first argument.</param>
    /// <param name="b">The second argument.</param>
    public static Tensor Of<TFunction>(Tensor a, Tensor b)
        where TFunction : struct, IScalarFunction
    {
        var shape = Distributions.Shapes.Broadcast(a.Sizes(), b.Sizes()) ?? throw new ArgumentException(
            $"Values of shape {Distributions.Shapes.Format(b.Sizes())} do not broadcast with parameters of shape {Distributions.Shapes.Format(a.Sizes())}.");
        var (first, second) = (Inner(a, shape), Inner(b, shape));
        var result = is_grad_enabled() && (first.requires_grad || second.requires_grad)
            ? ScalarNode<TFunction>.Of(first, second)
            : Values<TFunction>(first, second);
        return a.device_type == DeviceType.CPU ? result : result.to(a.device);
    }

    /// <summary>The values, and the derivatives where there is room for them.</summary>
    public static Tensor Values<TFunction>(Tensor a, Tensor b, Tensor? byA = null, Tensor? byB = null)
        where TFunction : struct, IScalarFunction
    {
        var result = a.new_empty(a.Sizes());
        if (result.numel() == 0)
            return result;
        Span<double> values = Memory.Of<double>(result), first = Memory.Of<double>(a), second = Memory.Of<double>(b);
        var toA = byA is null ? default : Memory.Of<double>(byA);
        var toB = byB is null ? default : Memory.Of<double>(byB);
        for (var i = 0; i < values.Length; i++)
        {
            (values[i], var slopeA, var slopeB) = TFunction.At(first[i], second[i]);
            if (!toA.IsEmpty)
                toA[i] = slopeA;
            if (!toB.IsEmpty)
                toB[i] = slopeB;
        }
        // A span does not keep its tensor.
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(byA);
        GC.KeepAlive(byB);
        return result;
    }

    private static Tensor Inner(Tensor tensor, long[] shape) => tensor.to_type(ScalarType.Float64).cpu().expand(shape).contiguous();
}
