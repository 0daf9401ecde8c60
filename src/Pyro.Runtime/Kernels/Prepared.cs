using static TorchSharp.torch;

namespace Pyro.Kernels;

/// <summary>Derivatives that were had with the values, by a result whose own derivative was taken for 1. They can be given away once: who has them may change them.</summary>
/// <param name="derivatives">The derivatives by the arguments; null for one that is not wanted.</param>
internal sealed class Prepared(Tensor?[] derivatives)
{
    private Tensor?[]? _derivatives = derivatives;

    /// <summary>The derivatives; null where they are gone, with their dispose scope or to an earlier caller.</summary>
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
