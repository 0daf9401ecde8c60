using static TorchSharp.torch;

namespace Pyro.Kernels.Special;

/// <summary>A function of a few numbers as one node of the graph; its derivatives come with its values.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
internal sealed class ScalarNode<TFunction> : autograd.SingleTensorFunction<ScalarNode<TFunction>>
    where TFunction : struct, IScalarFunction
{
    /// <inheritdoc/>
    public override string Name => TFunction.Name;

    /// <summary>The result, connected to the inputs.</summary>
    /// <param name="inputs">The arguments, in double, in host memory, in order and of one shape.</param>
    public static Tensor Of(Tensor[] inputs) => apply([.. inputs]);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var inputs = Array.ConvertAll(vars, input => ((Tensor)input).detach());
        var derivatives = Array.ConvertAll(inputs, input => input.new_empty(input.Sizes()));
        var result = Scalars.Values<TFunction>(inputs, derivatives);
        ctx.save_for_backward([.. derivatives]);
        return result;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        // An exception that leaves this method would end the process.
        var saved = ctx.get_saved_variables();
        try
        {
            if (is_grad_enabled())
                throw new NotSupportedException($"{TFunction.Name} has first derivatives and no second ones: a gradient of its gradient cannot be taken.");
            return [.. saved.Select(derivative => Times(grad_output, derivative))];
        }
        catch (Exception failure)
        {
            Engine.Keep(failure);
            return [.. saved.Select(derivative => grad_output.new_full(grad_output.Sizes(), double.NaN))];
        }
    }

    // What has no part in the result has none in the gradient, even where the derivative is infinite.
    private static Tensor Times(Tensor outer, Tensor derivative) => where(outer.eq(0), outer, outer * derivative);
}
