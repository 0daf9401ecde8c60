using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// A log density as one node of the graph. The sum over all elements and all derivatives that are wanted come from one pass over the elements in host
/// memory. Of values and of sums for the elements of a plate the derivatives come later, in a pass of their own: parameters that the elements share need
/// that by each of the results first.
/// </summary>
/// <typeparam name="TKernel">The kernel that the node computes.</typeparam>
internal sealed class Node<TKernel> : autograd.SingleTensorFunction<Node<TKernel>>
    where TKernel : struct, IKernel
{
    private const string Shapes = nameof(Shapes);

    /// <inheritdoc/>
    public override string Name => TKernel.Name;

    /// <summary>The result, connected to the inputs.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The arguments, and the weights where there are some.</param>
    public static Tensor Of(Plan plan, Tensor[] inputs) => apply([.. inputs, plan]);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var plan = (Plan)vars[^1];
        var inputs = Array.ConvertAll(vars[..^1], input => (Tensor)input);
        ctx.save_for_backward([.. inputs]);
        ctx.save_data(nameof(Plan), plan);
        ctx.save_data(Shapes, Array.ConvertAll(inputs, input => input.requires_grad ? input.Sizes() : null));
        if (plan.Shape.Length > 0)
            return Evaluation<TKernel>.Values(plan, inputs);
        // The derivative by a sum is one number, and most often 1: the derivatives can be had on the way.
        var result = Evaluation<TKernel>.Empty(plan, inputs);
        var derivatives = Evaluation<TKernel>.Wanted(inputs);
        Evaluation<TKernel>.Run(plan, inputs, result, null, derivatives);
        ctx.save_data(nameof(EagerGradients), new EagerGradients(derivatives));
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // An exception that leaves this method would end the process.
        try
        {
            return List(Derivatives(ctx, grad_output));
        }
        catch (Exception failure)
        {
            Engine.Keep(failure);
            return List(Unknown(ctx, grad_output));
        }
    }

    private static Tensor?[] Derivatives(autograd.AutogradContext ctx, Tensor outer)
    {
        var plan = (Plan)ctx.get_data(nameof(Plan));
        if (is_grad_enabled())
            return Recorded(plan, [.. ctx.get_saved_variables()], outer);
        if (plan.Shape.Length == 0 && ((EagerGradients)ctx.get_data(nameof(EagerGradients))).Take(outer) is { } eager)
            return eager;
        Tensor[] inputs = [.. ctx.get_saved_variables()];
        var derivatives = Evaluation<TKernel>.Wanted(inputs);
        Evaluation<TKernel>.Run(plan, inputs, null, outer.is_contiguous() ? outer : outer.contiguous(), derivatives);
        return derivatives;
    }

    // NaN: whoever starts the engine without asking for the failure must not take a wrong number for a gradient. The inputs themselves may be what failed.
    private static Tensor?[] Unknown(autograd.AutogradContext ctx, Tensor outer) =>
        Array.ConvertAll((long[]?[])ctx.get_data(Shapes), shape => shape is null ? null : outer.new_full(shape, double.NaN));

    // A missing derivative is null, which the list's type does not say. The plan is an argument too, and has none.
    private static List<Tensor> List(Tensor?[] derivatives) => [.. derivatives.Select(derivative => derivative!), null!];

    // A graph of the derivative is wanted, which only operations record.
    private static Tensor?[] Recorded(Plan plan, Tensor[] inputs, Tensor outer)
    {
        var wanted = Array.FindAll(inputs, input => input.requires_grad);
        var reduction = new Reduction(plan.Shape.Length, plan.Weighted ? inputs[plan.Weights].ne(0) : null, plan.Scale);
        var density = reduction.Of(TKernel.Operations(inputs.AsSpan(0, plan.Arguments)));
        // An input that the density does not depend on, or a density that depends on none, would end the process without these two questions.
        if (!density.requires_grad)
            return Array.ConvertAll(inputs, input => input.requires_grad ? input.zeros_like() : null);
        var derivatives = new Queue<Tensor>(autograd.grad([density], wanted, [outer], retain_graph: true, create_graph: true, allow_unused: true));
        return Array.ConvertAll(inputs, input => input.requires_grad ? derivatives.Dequeue() : null);
    }
}
