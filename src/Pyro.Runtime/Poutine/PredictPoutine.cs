using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>Draws what is observed anew, in the shape of its data. Factors, which are no random choices, stay.</summary>
public sealed class PredictPoutine : Poutine
{
    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind != SiteKind.Observed || message.Distribution is not { } distribution || distribution is Factor)
            return;
        message.Distribution = PlateShapes.Predicted(message.Name, distribution, message.Value!.Sizes(), message.Plate);
        message.Kind = SiteKind.Latent;
        message.Value = null;
    }
}
