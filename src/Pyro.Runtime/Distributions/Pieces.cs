using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Tensors in pieces whose memory a span can hold: one that is larger than 2 GiB has no span of its own.</summary>
internal static class Pieces
{
    /// <summary>How many bytes a piece has at most.</summary>
    public const int Longest = 1 << 30;

    /// <summary>The pieces of a contiguous tensor, in the present dispose scope; the tensor itself where it is one.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="longest">How many bytes a piece has at most.</param>
    public static IEnumerable<Tensor> Of(Tensor tensor, int longest = Longest)
    {
        var (count, most) = (tensor.numel(), longest / tensor.ElementSize);
        if (count <= most)
        {
            yield return tensor;
            yield break;
        }
        var flat = tensor.detach().reshape(-1);
        for (var at = 0L; at < count; at += most)
            yield return flat.narrow(0, at, Math.Min(most, count - at));
    }
}
