using static TorchSharp.torch;

namespace Pyro.Checks;

/// <summary>
/// The functions of <c>torch</c>, <c>torch.autograd</c> and <c>torch.TensorIndex</c> for which TorchSharp does not catch libtorch's exceptions, so that a wrong call ends the
/// process. Each is here under its own name and throws before libtorch does, as <see cref="CheckedTensor"/> has the methods of tensors.
/// </summary>
public static class CheckedTorch
{
    /// <inheritdoc cref="CheckedTensor.checked_matmul(Tensor, Tensor)"/>
    public static Tensor matmul(Tensor input, Tensor target) => input.checked_matmul(target);

    /// <inheritdoc cref="CheckedTensor.checked_cummax(Tensor, long)"/>
    public static (Tensor values, Tensor indices) cummax(Tensor input, long dim) => input.checked_cummax(dim);

    /// <inheritdoc cref="CheckedTensor.checked_cummin(Tensor, long)"/>
    public static (Tensor values, Tensor indices) cummin(Tensor input, long dim) => input.checked_cummin(dim);

    /// <inheritdoc cref="CheckedTensor.checked_var(Tensor, long[], bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.checked_var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="CheckedTensor.checked_var(Tensor, long[], bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.checked_var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="CheckedTensor.checked_var(Tensor, long[], bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.checked_var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="CheckedTensor.checked_var(Tensor, long[], bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
        input.checked_var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="TensorIndex.Slice(long?, long?, long?)"/>
    /// <param name="start">The first element.</param>
    /// <param name="stop">The element after the last.</param>
    /// <param name="step">The distance between two elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive.</exception>
    public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => step is null or > 0
        ? TensorIndex.Slice(start, stop, step)
        : throw new ArgumentOutOfRangeException(nameof(step), step, "A slice has a step of at least 1.");

    /// <summary>
    /// The derivatives of tensors, as <see cref="autograd.grad"/> gives them. They are computed by <see cref="autograd.backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>,
    /// whose failures are exceptions, and the gradients that the inputs had are put back.
    /// </summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">By what it is differentiated.</param>
    /// <param name="grad_outputs">The derivatives by the outputs; null for 1, where each output is one number.</param>
    /// <param name="retain_graph">Whether the graph can be used again.</param>
    /// <param name="create_graph">Whether the derivatives can be differentiated.</param>
    /// <param name="allow_unused">Whether the outputs may not depend on an input, whose derivative is then an undefined tensor.</param>
    /// <returns>The derivatives, one an input.</returns>
    /// <exception cref="ArgumentException">There are no outputs or no inputs, or the outputs do not depend on an input.</exception>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">libtorch cannot differentiate them.</exception>
    public static IList<Tensor> grad(
        IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(inputs);
        if (outputs.Count == 0 || inputs.Count == 0)
            throw new ArgumentException("autograd.grad needs at least one output and one input.");
        for (var i = 0; i < inputs.Count; i++)
            if (!inputs[i].requires_grad)
                throw new ArgumentException($"autograd.grad: the input {i}, {CheckedTensor.Text(inputs[i])}, does not require a gradient. Set requires_grad before the outputs are computed from it.");
        // As backward does; libtorch warns where the gradient of another tensor is read.
        foreach (var input in inputs)
            if (!input.is_leaf)
                input.retain_grad();
        var kept = inputs.Select(input => input.grad).ToArray();
        try
        {
            foreach (var input in inputs)
                input.grad = null;
            autograd.backward(outputs, grad_outputs, retain_graph, create_graph, inputs);
            return [.. inputs.Select((input, i) => input.grad ?? (allow_unused ? Undefined() : throw new ArgumentException(
                $"autograd.grad: the outputs do not depend on the input {i}, {CheckedTensor.Text(input)}. Leave it out, or pass allow_unused: true.")))];
        }
        finally
        {
            for (var i = 0; i < kept.Length; i++)
            {
                inputs[i].grad = kept[i];
                kept[i]?.Dispose();
            }
        }
    }

    // What TorchSharp gives for it: a tensor without a handle.
    private static Tensor Undefined()
    {
        var nothing = empty(0);
        nothing.Dispose();
        return nothing;
    }
}
