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

    /// <inheritdoc/>
    public override void Restart() => Trace.Clear();
}
