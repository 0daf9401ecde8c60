using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Poutines;

/// <summary>Records each site into a trace.</summary>
/// <param name="trace">The trace; the caller empties it between runs.</param>
public sealed class TracePoutine(Trace trace) : Poutine
{
    /// <summary>What has been recorded.</summary>
    public Trace Trace { get; } = trace;

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void After(ref Message message) => Trace.Record(in message);

    /// <summary>Makes sure that what was recorded is still there: inference reads it after the run.</summary>
    internal override void End(string program)
    {
        foreach (ref readonly var site in Trace.Entries)
            if (site.IsStochastic && (site.Value!.IsInvalid || site.Distribution!.Leading.IsInvalid))
                site.CheckAlive(program);
    }

    /// <inheritdoc/>
    public override void Restart() => Trace.Clear();
}
