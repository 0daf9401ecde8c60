using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>
/// Gradients computed in the forward pass, for an upstream gradient of 1. They can be taken once: the caller may change them.
/// </summary>
/// <param name="derivatives">The derivatives by the arguments; null for one that is not wanted.</param>
internal sealed class EagerGradients(Tensor?[] derivatives)
{
    private Tensor?[]? _derivatives = derivatives;

    /// <summary>The derivatives; null where an earlier caller took them, or where their dispose scope has ended.</summary>
    /// <param name="outer">The derivative by the result: one number.</param>
    public Tensor?[]? Take(Tensor outer)
    {
        if (Interlocked.Exchange(ref _derivatives, null) is not { } taken || Array.Exists(taken, derivative => derivative is { IsInvalid: true }))
            return null;
        var factor = outer.dtype == ScalarType.Float64 ? Memory.Of<double>(outer)[0] : Memory.Of<float>(outer)[0];
        if (factor != 1)
            foreach (var derivative in taken)
                derivative?.mul_(outer);
        return taken;
    }
}
