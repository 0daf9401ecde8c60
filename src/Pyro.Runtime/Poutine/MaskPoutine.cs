using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Lets only some elements of each site's log density count, or multiplies them with weights. The mask must broadcast to the log density of every site inside, without making
/// it larger; in vectorised plates one of shape (plates' sizes, 1, …) says it of their elements, also where sites have no further dimensions.
/// </summary>
public sealed class MaskPoutine : Poutine
{
    private readonly Tensor _mask;

    /// <summary>Creates the handler.</summary>
    /// <param name="mask">Which elements count, as booleans, or what they weigh, as finite numbers from 0. It must live as long as the handler.</param>
    /// <exception cref="ArgumentException">A weight is negative, infinite or NaN.</exception>
    public MaskPoutine(Tensor mask) => _mask = Masks.Kept(mask);

    /// <inheritdoc/>
    public override void Before(ref Message message) =>
        message.Mask = message.Mask is { } inner ? Masks.Both(message.Name, inner, _mask) : _mask;

    /// <inheritdoc/>
    /// <exception cref="ModelException">The mask does not fit the site's log density.</exception>
    public override void After(ref Message message)
    {
        if (message.Kind is SiteKind.Latent or SiteKind.Observed && message.Mask is { } mask)
            Masks.Check(message.Name, mask, message.Value!.Sizes()[..^message.Distribution!.EventRank], message.Plate);
    }
}
