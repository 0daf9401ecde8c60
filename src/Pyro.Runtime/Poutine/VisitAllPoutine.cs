using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>
/// Visits every element of the plates that the program would subsample. Posteriors and predictions are of all elements, and the exponential of a sum that is scaled up
/// from some of them is no weight. Elements that the program's caller has chosen stay chosen.
/// </summary>
public sealed class VisitAllPoutine : Poutine
{
    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind == SiteKind.Subsample && message.Value is null)
            message.PlateCount = message.PlateSize;
    }
}
