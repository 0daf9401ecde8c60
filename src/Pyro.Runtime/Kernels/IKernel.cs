using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>What a node of the graph computes in one pass over host memory.</summary>
internal interface IKernel
{
    /// <summary>The name of the node.</summary>
    static abstract string Name { get; }

    /// <summary>The same by tensor operations, without any reduction.</summary>
    /// <param name="arguments">The arguments.</param>
    static abstract Tensor Operations(ReadOnlySpan<Tensor> arguments);

    /// <summary>Writes what is asked for.</summary>
    /// <param name="plan">How the tensors meet.</param>
    /// <param name="inputs">The arguments, and the weights where there are some.</param>
    /// <param name="values">Where values go; null where they are not wanted.</param>
    /// <param name="outer">The derivative by the values; null for one.</param>
    /// <param name="derivatives">Where derivatives go; null for one that is not wanted, empty for none.</param>
    static abstract void Run<T>(Plan plan, ReadOnlySpan<Tensor> inputs, Tensor? values, Tensor? outer, ReadOnlySpan<Tensor?> derivatives)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
