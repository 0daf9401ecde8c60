using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// Runs of the autograd engine. An exception that leaves a managed <c>backward</c> would end the process: a node keeps it here instead, gives NaN for
/// the gradient, and the run throws it once the engine has returned.
/// </summary>
internal static class Engine
{
    // Nodes of ours are in host memory, where the engine runs on the thread that calls it.
    [ThreadStatic]
    private static ExceptionDispatchInfo? t_failure;

    /// <summary>Adds the gradients of a scalar to the leaves.</summary>
    /// <param name="scalar">A 0-dim tensor that requires a gradient.</param>
    public static void Backward(Tensor scalar)
    {
        t_failure = null;
        scalar.backward();
        Rethrow();
    }

    /// <summary>Adds the gradients of several tensors to the leaves.</summary>
    /// <param name="roots">The tensors, each of which requires a gradient.</param>
    /// <param name="derivatives">The derivatives by them, in their shapes.</param>
    public static void Backward(IList<Tensor> roots, IList<Tensor> derivatives)
    {
        t_failure = null;
        autograd.backward(roots, derivatives);
        Rethrow();
    }

    /// <summary>Keeps what a node's backward has thrown; the first of several.</summary>
    public static void Keep(Exception failure) => t_failure ??= ExceptionDispatchInfo.Capture(failure);

    private static void Rethrow()
    {
        if (t_failure is not { } failure)
            return;
        t_failure = null;
        failure.Throw();
    }
}
