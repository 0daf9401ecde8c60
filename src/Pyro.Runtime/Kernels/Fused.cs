using System.Numerics;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>A log density, fused: one pass over the elements of its arguments, which broadcast with each other.</summary>
/// <typeparam name="TDensity">The density.</typeparam>
internal readonly struct Fused<TDensity> : IKernel
    where TDensity : struct, IDensity
{
    // In a shorter inner loop the registers stay half empty; then arguments are copied to be alike.
    private const int Shortest = 16;

    /// <inheritdoc/>
    public static string Name => typeof(TDensity).Name;

    /// <inheritdoc/>
    public static Tensor Operations(ReadOnlySpan<Tensor> arguments) => TDensity.Operations(arguments);

    /// <inheritdoc/>
    public static void Run<T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (derivatives.IsEmpty)
            Pass.Run<TDensity, ValuesOnly, T>(plan, inputs, values, outer, derivatives);
        else if (values is null)
            Pass.Run<TDensity, DerivativesOnly, T>(plan, inputs, values, outer, derivatives);
        else
            Pass.Run<TDensity, ValuesAndDerivatives, T>(plan, inputs, values, outer, derivatives);
    }

    /// <summary>The log density, element by element.</summary>
    /// <param name="arguments">The value and the parameters.</param>
    public static Tensor LogProb(params ReadOnlySpan<Tensor> arguments) => Reduce(new Reduction(Reduction.All), arguments);

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="arguments">The value and the parameters.</param>
    public static Tensor LogPdf(params ReadOnlySpan<Tensor> arguments) => Reduce(new Reduction(0), arguments);

    /// <summary>The log density, reduced: fused where the arguments allow it, and by operations elsewhere.</summary>
    /// <param name="reduction">What becomes of its elements.</param>
    /// <param name="arguments">The value and the parameters.</param>
    public static Tensor Reduce(in Reduction reduction, params ReadOnlySpan<Tensor> arguments)
    {
        if (!arguments[0].is_floating_point() && arguments[1].is_floating_point())
            return Reduce(in reduction, [arguments[0].to_type(arguments[1].dtype), .. arguments[1..]]);
        return Fit(in reduction, arguments) is { } shape && Apply(shape, in reduction, arguments) is { } result ? result : reduction.Of(TDensity.Operations(arguments));
    }

    // The shape that the arguments broadcast to, where they are numbers of one kind in host memory; null elsewhere.
    private static long[]? Fit(in Reduction reduction, ReadOnlySpan<Tensor> arguments)
    {
        var type = arguments[0].dtype;
        if (type is not (ScalarType.Float32 or ScalarType.Float64))
            return null;
        var shape = arguments[0].Sizes();
        foreach (var argument in arguments[1..])
        {
            if (argument.dtype != type || Shapes.Broadcast(shape, argument.Sizes()) is not { } both)
                return null;
            shape = both;
        }
        if (reduction.Mask is { } mask)
        {
            if (Shapes.Broadcast(shape, mask.Sizes()) is not { } both)
                return null;
            shape = both;
        }
        var count = 1L;
        foreach (var size in shape)
            count *= size;
        return count is > 0 and <= int.MaxValue / sizeof(double) ? shape : null;
    }

    private static Tensor? Apply(long[] shape, in Reduction reduction, ReadOnlySpan<Tensor> arguments)
    {
        var weighted = reduction.Mask is not null;
        var inputs = new Tensor[arguments.Length + (weighted ? 1 : 0)];
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = i < arguments.Length ? arguments[i] : reduction.Mask!.to_type(arguments[0].dtype);
            if (Memory.Compact(input) is not { } compact)
                return null;
            inputs[i] = compact;
        }
        var kept = Math.Min(reduction.Kept, shape.Length);
        var plan = Plan.Of(shape, kept, ShapesOf(inputs), arguments.Length, reduction.Scale);
        if (plan.Layout.Inner < Shortest && plan.Layout.Outer > 1)
        {
            for (var i = 0; i < inputs.Length; i++)
                if (inputs[i].numel() is > 1 and var count && count < plan.Layout.Count)
                    inputs[i] = inputs[i].expand(shape).contiguous();
            plan = Plan.Of(shape, kept, ShapesOf(inputs), arguments.Length, reduction.Scale);
            if (plan.Layout.Inner < Shortest && kept < shape.Length)
            {
                // Rows of a few elements each.
                var each = Evaluation<Fused<TDensity>>.Of(
                    Plan.Of(shape, shape.Length, ShapesOf(inputs), arguments.Length, reduction.Scale), inputs, reduction.Gradients);
                return new Reduction(kept).Of(each);
            }
        }
        return Evaluation<Fused<TDensity>>.Of(plan, inputs, reduction.Gradients);
    }

    private static long[][] ShapesOf(Tensor[] inputs) => Array.ConvertAll(inputs, input => input.Sizes());
}
