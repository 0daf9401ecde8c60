using System.Numerics;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>A log density of a value and two parameters with its partial derivatives, a register of numbers at a time.</summary>
internal interface IDensity
{
    /// <summary>The same by tensor operations: for what is not in host memory or in another order, and for derivatives of derivatives.</summary>
    static abstract Tensor LogProb(Tensor x, Tensor a, Tensor b);

    /// <summary>The log density.</summary>
    static abstract Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The log density and its derivatives.</summary>
    static abstract Vector<T> Value<T>(Vector<T> x, Vector<T> a, Vector<T> b, out Vector<T> dx, out Vector<T> da, out Vector<T> db)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
