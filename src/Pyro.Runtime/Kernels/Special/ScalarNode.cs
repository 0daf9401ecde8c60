using static TorchSharp.torch;

namespace Pyro.Kernels.Special;

/// <summary>A function of two numbers as one node of the graph; its derivatives come with its values.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed class ScalarNode<TFunction> : autograd.SingleTensorFunction<ScalarNode<TFunction>>
    where TFunction : struct, IScalarFunction
{
    /// <inheritdoc/>
    public override string Name => TFunction.Name;

    /// <summary>The result, connected to the inputs.</summary>
    /// <param name="a">The first argument, in double, in host memory and in order.</param>
    /// <param name="b">The second argument, of the same shape.</param>
    public static Tensor Of(Tensor a, Tensor b) => apply([a, b]);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (a, b) = ((Tensor)vars[0], (Tensor)vars[1]);
        var (byA, byB) = (a.new_empty(a.Sizes()), a.new_empty(a.Sizes()));
        var result = Scalars.Values<TFunction>(a.detach(), b.detach(), byA, byB);
        ctx.save_for_backward([byA, byB]);
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // An exception that leaves this method would end the process.
        try
        {
            if (is_grad_enabled())
                throw new NotSupportedException($"{TFunction.Name} has first derivatives and no second ones: a gradient of its gradient cannot be taken.");
            var saved = ctx.get_saved_variables();
            return [.. saved.Select(derivative => Times(grad_output, derivative))];
        }
        catch (Exception failure)
        {
            Engine.Keep(failure);
            var unknown = grad_output.new_full(grad_output.Sizes(), double.NaN);
            return [unknown, unknown];
        }
    }

    // What has no part in the result has none in the gradient, even where the derivative is infinite.
    private static Tensor Times(Tensor outer, Tensor derivative) => where(outer.eq(0), outer, outer * derivative);
}
