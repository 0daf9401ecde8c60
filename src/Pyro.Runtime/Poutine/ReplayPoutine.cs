using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Poutines;

/// <summary>Gives latent sites the values, and plates the elements, that a trace has recorded. Observed sites keep their data.</summary>
public sealed class ReplayPoutine : Poutine
{
    private readonly Trace _trace;
    private readonly IReadOnlyDictionary<string, string>? _sites;

    /// <summary>Replays every site that the trace has under the same name.</summary>
    /// <param name="trace">The trace whose values are taken.</param>
    public ReplayPoutine(Trace trace) => _trace = trace;

    /// <summary>Replays some sites.</summary>
    /// <param name="trace">The trace whose values are taken.</param>
    /// <param name="sites">Their names.</param>
    public ReplayPoutine(Trace trace, IEnumerable<string> sites) : this(trace, sites.Distinct().ToDictionary(name => name))
    {
    }

    /// <summary>Replays some sites, under other names.</summary>
    /// <param name="trace">The trace whose values are taken.</param>
    /// <param name="sites">From the name of a site here to its name in the trace.</param>
    public ReplayPoutine(Trace trace, IReadOnlyDictionary<string, string> sites)
    {
        _trace = trace;
        _sites = sites;
    }

    /// <inheritdoc/>
    /// <remarks>Members that were recorded one by one are replayed one by one.</remarks>
    public override bool TakesFamily(Site family) => family.Kind == SiteKind.Observed || (_sites is null && !_trace.HasSingleMembers(family));

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (_sites is not null)
            ReplayChosen(ref message);
        else if ((message.Value is null || message.Kind == SiteKind.Subsample) && _trace.TryFind(message.Name, out var recorded))
        {
            if (message.Kind == SiteKind.Latent && recorded.IsStochastic)
                message.Value = recorded.Value;
            else if (message.Kind == SiteKind.Subsample && recorded.Kind == SiteKind.Subsample)
                ReplayPlate(ref message, in recorded);
        }
    }

    private void ReplayChosen(ref Message message)
    {
        if (!_sites!.TryGetValue(message.Name, out var name))
            return;
        if (message.Kind == SiteKind.Observed)
            throw new ModelException(message.Name, $"The site '{message.Name}' is to be replayed and has data already. Replay latent sites.");
        if (!_trace.TryFind(name, out var recorded))
            throw new ModelException(message.Name,
                $"The site '{message.Name}' is to be replayed from '{name}', which the trace does not have. It has: {string.Join(", ", _trace.Select(s => s.Name))}.");
        if (message.Kind == SiteKind.Subsample && recorded.Kind == SiteKind.Subsample)
            ReplayPlate(ref message, in recorded);
        else if (message.Kind == SiteKind.Latent && recorded.IsStochastic)
            message.Value ??= recorded.Value;
        else
            throw new ModelException(message.Name, $"The site '{message.Name}' is to be replayed from '{name}', which is no random choice of the trace.");
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
        if (message.Value is { } given && (recorded.Value is null || !RunContext.Same(given, recorded.Value)))
            throw new ModelException(message.Name,
                $"The plate '{message.Name}' is given elements here that are others than those of the trace that is replayed. Give model and guide the same subsample, or " +
                "leave it out in the model.");
        message.PlateCount = recorded.PlateCount;
        message.Value = recorded.Value;
    }
}
