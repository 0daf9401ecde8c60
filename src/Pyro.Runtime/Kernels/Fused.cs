using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// A log density as one node of the graph. The sum over all elements and all derivatives that are wanted come from one pass over the elements in host
/// memory. Of values and of sums for the elements of a plate the derivatives come later, in a pass of their own: parameters that the elements share need
/// that by each of the results first.
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
        return Fit(in reduction, arguments) is { } shape && Apply(shape, in reduction, arguments) is { } result ? result : reduction.Of(TDensity.Operations(arguments));
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var plan = (Plan)vars[^1];
        var inputs = Array.ConvertAll(vars[..^1], input => (Tensor)input);
        ctx.save_for_backward([.. inputs]);
        ctx.save_data(nameof(Plan), plan);
        if (plan.Shape.Length > 0)
            return Values(plan, inputs);
        // The derivative by a sum is one number, and most often 1: the derivatives can be had on the way.
        var result = inputs[0].new_empty(plan.Shape);
        var derivatives = Wanted(inputs);
        Run<ValuesAndDerivatives>(plan, inputs, result, null, derivatives);
        ctx.save_data(nameof(Prepared), new Prepared(derivatives));
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var plan = (Plan)ctx.get_data(nameof(Plan));
        if (is_grad_enabled())
            return [.. Recorded(plan, [.. ctx.get_saved_variables()], grad_output)];
        if (plan.Shape.Length == 0 && ((Prepared)ctx.get_data(nameof(Prepared))).Take(grad_output) is { } prepared)
            return List(prepared);
        Tensor[] inputs = [.. ctx.get_saved_variables()];
        var derivatives = Wanted(inputs);
        Run<DerivativesOnly>(plan, inputs, null, grad_output.is_contiguous() ? grad_output : grad_output.contiguous(), derivatives);
        return List(derivatives);
    }

    // A missing derivative is null, which the list's type does not say.
    private static List<Tensor> List(Tensor?[] derivatives) => [.. derivatives.Select(derivative => derivative!)];

    private static Tensor?[] Wanted(Tensor[] inputs) => Array.ConvertAll(inputs, input => input.requires_grad ? input.new_empty(input.shape) : null);

    // A graph of the derivative is wanted, which only operations record.
    private static IEnumerable<Tensor> Recorded(Plan plan, Tensor[] inputs, Tensor outer)
    {
        var wanted = Array.FindAll(inputs, input => input.requires_grad);
        var reduction = new Reduction(plan.Shape.Length, plan.Weighted ? inputs[plan.Weights].ne(0) : null, plan.Scale);
        var density = reduction.Of(TDensity.Operations(inputs.AsSpan(0, plan.Arguments)));
        var derivatives = new Queue<Tensor>(autograd.grad([density], wanted, [outer], retain_graph: true, create_graph: true));
        return Array.ConvertAll(inputs, input => input.requires_grad ? derivatives.Dequeue() : null!);
    }

    // The shape that the arguments broadcast to, where they are numbers of one kind in host memory; null elsewhere.
    private static long[]? Fit(in Reduction reduction, ReadOnlySpan<Tensor> arguments)
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
        if (reduction.Mask is { } mask)
        {
            if (Shapes.Broadcast(shape, mask.shape) is not { } both)
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
                var each = Record(new Plan(Lay(shape, shape.Length, inputs), arguments.Length, weighted, reduction.Scale, shape), inputs);
                return new Reduction(kept).Of(each);
            }
        }
        return Record(new Plan(layout, arguments.Length, weighted, reduction.Scale, shape[..kept]), inputs);
    }

    private static Tensor Record(Plan plan, Tensor[] inputs) =>
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
        Run<ValuesOnly>(plan, inputs, result, null, []);
        return result;
    }

    private static void Run<TOutcome>(Plan plan, Tensor[] inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
        where TOutcome : struct, IOutcome
    {
        if (inputs[0].dtype == ScalarType.Float64)
            Pass.Run<TDensity, TOutcome, double>(plan, inputs, values, outer, derivatives);
        else
            Pass.Run<TDensity, TOutcome, float>(plan, inputs, values, outer, derivatives);
    }
}
