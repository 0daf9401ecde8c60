using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Leaves a run at a site that is to be decided, with all ways to go on from there. The handlers outside are asked first: where one of them fixes the site,
/// as conditioning on it does, there is nothing to decide. One for each run.
/// </summary>
/// <param name="seen">What the run has met.</param>
/// <param name="extend">How to go on at a site.</param>
/// <param name="escapes">Which sites are decided.</param>
internal sealed class QueuePoutine(Trace seen, TraceExtension extend, SitePredicate escapes) : Poutine
{
    private NonlocalExit? _exit;
    private Tensor? _value;

    /// <summary>The traces that go on from the site at which the run was left.</summary>
    public IReadOnlyList<Trace> Longer { get; private set; } = [];

    public override bool TakesFamily(Site family) => family.Kind != SiteKind.Latent;

    public override void Before(ref Message message)
    {
        _exit = null;
        if (message.Kind != SiteKind.Latent || message.Value is not null || !escapes(in message))
            return;
        _exit = new NonlocalExit(in message, this);
        Longer = [.. extend(seen, message)];
        // The site acts only to hear what the others say, so any value of it will do.
        var chosen = Longer.Count > 0 ? Longer[0] : TraceExtensions.Drawn()(seen, message).Single();
        message.Value = _value = chosen[message.Name].Value;
    }

    public override void After(ref Message message)
    {
        if (_exit is { } exit && message.Kind == SiteKind.Latent && ReferenceEquals(message.Value, _value))
            throw exit;
    }
}
