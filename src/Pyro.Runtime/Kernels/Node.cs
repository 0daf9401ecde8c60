using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// A log density as one node of the graph. The sum over all elements and all derivatives that are wanted come from one pass over the elements in host
/// memory. Of values and of sums for the elements of a plate the derivatives come later, in a pass of their own: parameters that the elements share need
/// that by each of the results first.
/// </summary>
/// <typeparam name="TKernel">What the node computes.</typeparam>
internal sealed class Node<TKernel> : autograd.SingleTensorFunction<Node<TKernel>>
    where TKernel : struct, IKernel
{
    /// <inheritdoc/>
    public override string Name => TKernel.Name;

    /// <summary>The result, with a node where one of the inputs has a gradient.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The arguments, and the weights where there are some.</param>
    public static Tensor Of(Plan plan, Tensor[] inputs) =>
        is_grad_enabled() && Array.Exists(inputs, input => input.requires_grad) ? apply([.. inputs, plan]) : Values(plan, inputs);

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
        var result = inputs[^1].new_empty(plan.Shape);
        var derivatives = Wanted(inputs);
        Run(plan, inputs, result, null, derivatives);
        ctx.save_data(nameof(Prepared), new Prepared(derivatives));
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        var plan = (Plan)ctx.get_data(nameof(Plan));
        if (is_grad_enabled())
            return List(Recorded(plan, [.. ctx.get_saved_variables()], grad_output));
        if (plan.Shape.Length == 0 && ((Prepared)ctx.get_data(nameof(Prepared))).Take(grad_output) is { } prepared)
            return List(prepared);
        Tensor[] inputs = [.. ctx.get_saved_variables()];
        var derivatives = Wanted(inputs);
        Run(plan, inputs, null, grad_output.is_contiguous() ? grad_output : grad_output.contiguous(), derivatives);
        return List(derivatives);
    }

    // A missing derivative is null, which the list's type does not say. The plan is an argument too, and has none.
    private static List<Tensor> List(Tensor?[] derivatives) => [.. derivatives.Select(derivative => derivative!), null!];

    private static Tensor?[] Wanted(Tensor[] inputs) => Array.ConvertAll(inputs, input => input.requires_grad ? input.new_empty(input.Sizes()) : null);

    // A graph of the derivative is wanted, which only operations record.
    private static Tensor?[] Recorded(Plan plan, Tensor[] inputs, Tensor outer)
    {
        var wanted = Array.FindAll(inputs, input => input.requires_grad);
        var reduction = new Reduction(plan.Shape.Length, plan.Weighted ? inputs[plan.Weights].ne(0) : null, plan.Scale);
        var density = reduction.Of(TKernel.Operations(inputs.AsSpan(0, plan.Arguments)));
        var derivatives = new Queue<Tensor>(autograd.grad([density], wanted, [outer], retain_graph: true, create_graph: true));
        return Array.ConvertAll(inputs, input => input.requires_grad ? derivatives.Dequeue() : null);
    }

    private static Tensor Values(Plan plan, Tensor[] inputs)
    {
        var result = inputs[^1].new_empty(plan.Shape);
        Run(plan, inputs, result, null, []);
        return result;
    }

    private static void Run(Plan plan, Tensor[] inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
    {
        // The value may be an index, all others are of one type.
        if (inputs[^1].dtype == ScalarType.Float64)
            TKernel.Run<double>(plan, inputs, values, outer, derivatives);
        else
            TKernel.Run<float>(plan, inputs, values, outer, derivatives);
        // A pass sees the memory of tensors alone, which may be all that is left of some.
        GC.KeepAlive(inputs);
        GC.KeepAlive(outer);
        GC.KeepAlive(values);
    }
}
