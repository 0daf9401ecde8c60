using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// A log density of a value and one to three parameters with its partial derivatives, a register of numbers at a time. Outside the support the value is
/// −∞ and every derivative 0.
/// </summary>
internal interface IDensity
{
    /// <summary>How many parameters there are: those above are not looked at.</summary>
    static abstract int Parameters { get; }

    /// <summary>The same by tensor operations, element by element: for what is not in host memory or not in order, and for derivatives of derivatives.</summary>
    /// <param name="arguments">The value and the parameters.</param>
    static abstract Tensor Operations(ReadOnlySpan<Tensor> arguments);

    /// <summary>The log density.</summary>
    static abstract Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b, Vector<T> c)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The log density and its derivatives, which have much in common.</summary>
    static abstract Vector<T> Value<T>(
        Vector<T> x, Vector<T> a, Vector<T> b, Vector<T> c, out Vector<T> dx, out Vector<T> da, out Vector<T> db, out Vector<T> dc)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
