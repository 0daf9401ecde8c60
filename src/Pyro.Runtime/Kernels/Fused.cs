using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// A log density as one node of the graph: one pass over the elements in host memory for the values, or sums of them, and one for all derivatives that
/// are wanted. The derivatives wait for that by the result, which differs between the elements of a plate, whose parameters can be shared.
/// </summary>
/// <typeparam name="TDensity">The density.</typeparam>
internal sealed class Fused<TDensity> : autograd.SingleTensorFunction<Fused<TDensity>>
    where TDensity : struct, IDensity
{
    // In a shorter inner loop the registers stay half empty; then arguments are copied to be alike.
    private const int Shortest = 16;

    /// <inheritdoc/>
    public override string Name => typeof(TDensity).Name;

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
        return Fit(arguments) is { } shape && Apply(shape, in reduction, arguments) is { } result ? result : reduction.Of(TDensity.Operations(arguments));
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var plan = (Plan)vars[^1];
        var inputs = Array.ConvertAll(vars[..^1], input => (Tensor)input);
        ctx.save_for_backward([.. inputs]);
        ctx.save_data(nameof(Plan), plan);
        return Values(plan, inputs);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var plan = (Plan)ctx.get_data(nameof(Plan));
        var inputs = ctx.get_saved_variables();
        var result = new List<Tensor>();
        if (is_grad_enabled())
        {
            // A graph of the derivative is wanted, which only operations record.
            var wanted = inputs.Where(input => input.requires_grad).ToList();
            var reduction = new Reduction(plan.Shape.Length, plan.Weighted ? inputs[plan.Weights].ne(0) : null);
            var density = reduction.Of(TDensity.Operations([.. inputs[..plan.Arguments]]));
            var gradients = autograd.grad([density], wanted, [grad_output], retain_graph: true, create_graph: true);
            foreach (var input in inputs)
                result.Add(input.requires_grad ? gradients[wanted.IndexOf(input)] : null!);
        }
        else
        {
            foreach (var input in inputs)
                result.Add(input.requires_grad ? input.new_empty(input.shape) : null!);
            if (inputs[0].dtype == ScalarType.Float64)
                GradientPass.Run<TDensity, double>(plan, [.. inputs], grad_output.contiguous(), [.. result]);
            else
                GradientPass.Run<TDensity, float>(plan, [.. inputs], grad_output.contiguous(), [.. result]);
        }
        result.Add(null!);
        return result;
    }

    // The shape that the arguments broadcast to, where they are numbers of one kind in host memory; null elsewhere.
    private static long[]? Fit(ReadOnlySpan<Tensor> arguments)
    {
        var type = arguments[0].dtype;
        if (type is not (ScalarType.Float32 or ScalarType.Float64))
            return null;
        var shape = arguments[0].shape;
        foreach (var argument in arguments[1..])
        {
            if (argument.dtype != type || Shapes.Broadcast(shape, argument.shape) is not { } both)
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
        var layout = Lay(shape, kept, inputs);
        if (layout.Inner < Shortest && layout.Outer > 1)
        {
            for (var i = 0; i < inputs.Length; i++)
                if (inputs[i].numel() is > 1 and var count && count < layout.Count)
                    inputs[i] = inputs[i].expand(shape).contiguous();
            layout = Lay(shape, kept, inputs);
            if (layout.Inner < Shortest && kept < shape.Length)
            {
                // Rows of a few elements each.
                var each = Run(new Plan(Lay(shape, shape.Length, inputs), arguments.Length, weighted, shape), inputs);
                return new Reduction(kept).Of(each);
            }
        }
        return Run(new Plan(layout, arguments.Length, weighted, shape[..kept]), inputs);
    }

    private static Tensor Run(Plan plan, Tensor[] inputs) =>
        is_grad_enabled() && Array.Exists(inputs, input => input.requires_grad) ? apply([.. inputs, plan]) : Values(plan, inputs);

    private static Layout Lay(long[] shape, int kept, Tensor[] inputs)
    {
        var shapes = new long[inputs.Length + 1][];
        for (var i = 0; i < inputs.Length; i++)
            shapes[i] = inputs[i].shape;
        var result = (long[])shape.Clone();
        result.AsSpan(kept).Fill(1);
        shapes[^1] = result;
        return Layout.Of(shape, shapes);
    }

    private static Tensor Values(Plan plan, Tensor[] inputs)
    {
        var result = inputs[0].new_empty(plan.Shape);
        if (inputs[0].dtype == ScalarType.Float64)
            ValuePass.Run<TDensity, double>(plan, inputs, result);
        else
            ValuePass.Run<TDensity, float>(plan, inputs, result);
        return result;
    }
}
