using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Lets only some elements of each site's log density count.</summary>
/// <param name="mask">A boolean tensor that broadcasts with the log density of every site inside.</param>
public sealed class MaskPoutine(Tensor mask) : Poutine
{
    /// <inheritdoc/>
    public override void Before(ref Message message) =>
        message.Mask = message.Mask is null ? mask : message.Mask.logical_and(mask);
}
