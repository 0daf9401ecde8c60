using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// A log density of rows, with its partial derivatives: a register of rows at a time, each lane a row, each span a register for each of the row's columns.
/// Outside the support the value is −∞ and every derivative 0.
/// </summary>
internal interface IRowDensity
{
    /// <summary>Whether the value is one number a row, as an index is, and not a row itself.</summary>
    static abstract bool IsIndex { get; }

    /// <summary>Whether the value has derivatives.</summary>
    static abstract bool IsDifferentiable { get; }

    /// <summary>The same by tensor operations, row by row: for what is not in host memory or not in order, and for derivatives of derivatives.</summary>
    /// <param name="arguments">The value, the parameter's rows, and a number for each row where the density has one.</param>
    static abstract Tensor Operations(ReadOnlySpan<Tensor> arguments);

    /// <summary>The log density and, where there is room for them, its derivatives.</summary>
    /// <param name="x">The value.</param>
    /// <param name="parameter">The parameter's row.</param>
    /// <param name="number">The number beside it.</param>
    /// <param name="dx">The derivatives by the value; empty where they are not wanted.</param>
    /// <param name="derivative">The derivatives by the parameter; empty where they are not wanted.</param>
    static abstract Vector<T> Value<T>(
        ReadOnlySpan<Vector<T>> x, ReadOnlySpan<Vector<T>> parameter, Vector<T> number, Span<Vector<T>> dx, Span<Vector<T>> derivative)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
