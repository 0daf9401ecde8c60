using Pyro.Distributions;
using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Runtime.Tests.Distributions;

/// <summary>How a form of a family is held against exact values, from columns of inputs.</summary>
/// <param name="Make">The distribution, from the inputs without the values; null for the form at all its parameters.</param>
internal sealed record AccurateFamily(Func<Tensor[], Distribution>? Make = null)
{
    /// <summary>The rows, as the files of Data/accuracy have them; null for those of the file that has the form's name.</summary>
    public string? Rows { get; init; }

    /// <summary>How many of the inputs are the value; several are along a last dimension.</summary>
    public int Values { get; init; } = 1;

    /// <summary>The value, from its inputs; null for the values as they are.</summary>
    public Func<Tensor[], Tensor>? Value { get; init; }

    /// <summary>The log density by operations; null where the kernel is all there is, or where there is none.</summary>
    public Func<Tensor[], Tensor>? Operations { get; init; }

    /// <summary>The divergence, from the inputs; null for two distributions of half of them each.</summary>
    public Func<Tensor[], Tensor>? Divergence { get; init; }

    /// <summary>
    /// Whether a gradient by a parameter v is held to 16 units in the last place of 1/v only: where one parameter is next to nothing beside another one, it is
    /// a difference of two values of ψ that are nearly the same.
    /// </summary>
    public bool Beside { get; init; }

    /// <summary>Whether the number of draws, which is the sum of the three counts, is one more input.</summary>
    public bool AddsUp { get; init; }

    /// <summary>Whether a distribution takes the parameters of one row alone.</summary>
    public bool OneByOne { get; init; }

    /// <summary>The log density of all rows.</summary>
    /// <param name="inputs">The inputs' columns.</param>
    /// <param name="operations">Whether by operations.</param>
    public Tensor LogProb(Tensor[] inputs, bool operations)
    {
        if (AddsUp)
            inputs = [.. inputs, inputs[0] + inputs[1] + inputs[2]];
        if (operations)
            return Operations!(inputs);
        if (OneByOne)
            return cat([.. Enumerable.Range(0, (int)inputs[0].numel()).Select(i => (this with { OneByOne = false }).LogProb(Array.ConvertAll(inputs, t => t.narrow(0, i, 1)), false))]);
        var value = Value is not null ? Value(inputs[..Values]) : Values == 1 ? inputs[0] : stack(inputs[..Values], -1);
        return Make!(inputs[Values..]).LogProb(value);
    }

    /// <summary>The divergence of all rows.</summary>
    public Tensor Between(Tensor[] inputs) => Divergence is not null ? Divergence(inputs)
        : Kl.Divergence(Make!(inputs[..(inputs.Length / 2)]), Make(inputs[(inputs.Length / 2)..]));

    /// <summary>The log density of a kernel by operations.</summary>
    public static Tensor ByOperations<TDensity>(Tensor[] inputs)
        where TDensity : struct, IDensity => TDensity.Operations(inputs);
}
