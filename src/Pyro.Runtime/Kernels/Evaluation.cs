using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>One evaluation of a kernel: its values, and as much of its derivatives as is wanted of them.</summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
internal static class Evaluation<TKernel>
    where TKernel : struct, IKernel
{
    /// <summary>The result; with a node of the graph where one of the inputs requires a gradient, unless the derivatives are collected.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The arguments, and the weights where there are some.</param>
    /// <param name="gradients">Takes the derivatives of the result's sum by the inputs; null where the result is differentiated by the graph.</param>
    public static Tensor Of(Plan plan, Tensor[] inputs, RootGradients? gradients)
    {
        if (!is_grad_enabled() || !Array.Exists(inputs, input => input.requires_grad))
            return Values(plan, inputs);
        if (gradients is null)
            return Node<TKernel>.Of(plan, inputs);
        var derivatives = Wanted(inputs);
        var result = Empty(plan, inputs);
        Run(plan, inputs, result, null, derivatives);
        for (var i = 0; i < inputs.Length; i++)
            if (derivatives[i] is { } derivative)
                gradients.Add(inputs[i], derivative);
        return result;
    }

    /// <summary>Room for the values.</summary>
    public static Tensor Empty(Plan plan, Tensor[] inputs) => inputs[^1].new_empty(plan.Shape);

    /// <summary>Room for the derivatives by the inputs; null for one that needs none.</summary>
    public static Tensor?[] Wanted(Tensor[] inputs) => Array.ConvertAll(inputs, input => input.requires_grad ? input.new_empty(input.Sizes()) : null);

    /// <summary>The values, without derivatives.</summary>
    public static Tensor Values(Plan plan, Tensor[] inputs)
    {
        var result = Empty(plan, inputs);
        Run(plan, inputs, result, null, []);
        return result;
    }

    /// <summary>Writes what is asked for.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The arguments, and the weights where there are some.</param>
    /// <param name="values">Where values go; null where they are not wanted.</param>
    /// <param name="outer">The derivative by the values; null for one.</param>
    /// <param name="derivatives">Where derivatives go; null for one that is not wanted, empty for none.</param>
    public static void Run(Plan plan, Tensor[] inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
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
