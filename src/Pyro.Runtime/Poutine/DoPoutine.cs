using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Sets latent sites to given values as an intervention does: what follows sees the value, the site itself is no longer part of the model.</summary>
public sealed class DoPoutine : Poutine
{
    private readonly GivenValues _given;

    /// <summary>Gives tensors.</summary>
    /// <param name="data">The values by name.</param>
    /// <param name="allowMissing">Whether a run may have no sites of some of the names; otherwise a name that it does not meet is an error.</param>
    public DoPoutine(IReadOnlyDictionary<string, Tensor> data, bool allowMissing = false) => _given = new GivenValues(nameof(Handlers.Do), data, allowMissing);

    /// <summary>Gives tensors, and values of any type to the sites that are over such.</summary>
    /// <param name="data">The values by name. Those of a run, in a program's generated class of values, leave the sites that are observed already as they are.</param>
    /// <param name="allowMissing">Whether a run may have no sites of some of the names; otherwise a name that it does not meet is an error.</param>
    public DoPoutine(IReadOnlyDictionary<string, object> data, bool allowMissing = false) => _given = new GivenValues(nameof(Handlers.Do), data, allowMissing);

    /// <summary>Gives the values that a run had. The sites that are observed already keep their data.</summary>
    /// <param name="trace">The run; only its latent and observed sites count.</param>
    public DoPoutine(Trace trace) : this(RunValues.Of(trace))
    {
    }

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        _given.Meet(in message, this);
        if (!_given.Takes(in message, out var value))
            return;
        message.Kind = SiteKind.Observed;
        message.Value = value;
        message.Stop = true;
    }

    internal override void Begin(RunContext context) => _given.Begin(context, this);

    internal override void EndOf(RunContext context, string program, SiteTable sites) => _given.End(context, this, program, sites);
}
