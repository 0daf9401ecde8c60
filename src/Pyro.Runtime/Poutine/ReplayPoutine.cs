using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Poutines;

/// <summary>Gives latent sites the values, and plates the elements, that a trace has recorded under the same names. Observed sites keep their data.</summary>
/// <param name="trace">The trace whose values are taken.</param>
public sealed class ReplayPoutine(Trace trace) : Poutine
{
    /// <inheritdoc/>
    /// <remarks>Members that were recorded one by one are replayed one by one.</remarks>
    public override bool TakesFamily(Site family) => family.Kind == SiteKind.Observed || !trace.HasSingleMembers(family);

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Value is not null || !trace.TryFind(message.Name, out var recorded))
            return;
        if (message.Kind == SiteKind.Latent && recorded.Kind is SiteKind.Latent or SiteKind.Observed)
            message.Value = recorded.Value;
        else if (message.Kind == SiteKind.Subsample && recorded.Kind == SiteKind.Subsample)
            ReplayPlate(ref message, in recorded);
    }

    private static void ReplayPlate(ref Message message, in TraceSite recorded)
    {
        if (message.PlateSize != recorded.PlateSize)
            throw new ModelException(message.Name,
                $"The plate '{message.Name}' has {message.PlateSize} elements here and {recorded.PlateSize} in the trace that is replayed. " +
                "Give model and guide the same size.");
        if (message.PlateCount is { } count && count != recorded.PlateCount)
            throw new ModelException(message.Name,
                $"The plate '{message.Name}' visits {count} of its elements here and {recorded.PlateCount} in the trace that is replayed. " +
                "Give model and guide the same subsample size, or leave it out in the model.");
        message.PlateCount = recorded.PlateCount;
        message.Value = recorded.Value;
    }
}
