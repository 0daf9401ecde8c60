using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Gives latent sites and parameters values by name. They stay what they are: a site is scored as a latent one, a parameter is not trained. Those that have
/// no value here make their own.
/// </summary>
public sealed class SubstitutePoutine : Poutine
{
    private readonly GivenValues _given;
    private readonly bool _checksSupport;

    /// <summary>Gives tensors.</summary>
    /// <param name="data">The values by name.</param>
    /// <param name="allowMissing">Whether a run may have no sites or parameters of some of the names; otherwise a name that it does not meet is an error.</param>
    public SubstitutePoutine(IReadOnlyDictionary<string, Tensor> data, bool allowMissing = false) =>
        (_given, _checksSupport) = (new GivenValues(nameof(Handlers.Substitute), data, allowMissing), data is not RunValues);

    /// <summary>Gives tensors, and values of any type to the sites that are over such.</summary>
    /// <param name="data">The values by name.</param>
    /// <param name="allowMissing">Whether a run may have no sites or parameters of some of the names; otherwise a name that it does not meet is an error.</param>
    public SubstitutePoutine(IReadOnlyDictionary<string, object> data, bool allowMissing = false) : this(data, allowMissing, checksSupport: true)
    {
    }

    /// <summary>Gives the values of a run of another program, such as a guide, which may be outside of the supports here: such a run has the density zero.</summary>
    internal SubstitutePoutine(IReadOnlyDictionary<string, object> data, bool allowMissing, bool checksSupport) =>
        (_given, _checksSupport) = (new GivenValues(nameof(Handlers.Substitute), data, allowMissing), checksSupport);

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        _given.Meet(in message, this);
        var takes = message.Kind is SiteKind.Latent or SiteKind.Param;
        if (_given.AreOfRun && !takes || !_given.TryGet(in message, out var value))
            return;
        if (!takes)
            throw _given.Refused(in message);
        if (message.IsSubstituted && !_given.AreOfRun)
            throw _given.Twice(in message);
        // What a handler inside has replayed or enumerated is that handler's to decide.
        if (message.Value is not null)
            return;
        message.Value = value;
        message.IsSubstituted = !_given.AreOfRun;
    }

    /// <inheritdoc/>
    /// <exception cref="ModelException">The value is outside of the site's support.</exception>
    public override void After(ref Message message)
    {
        // Where the weight of a run is asked for, it is zero: the support may follow from what was drawn.
        if (_checksSupport && message is { Kind: SiteKind.Latent, Outside: null } && _given.TryGet(in message, out var value) && ReferenceEquals(value, message.Value))
            Domains.CheckValue(message.Name, message.Distribution!, value, message.Mask, message.Plate);
    }

    internal override void Begin(RunContext context) => _given.Begin(context, this);

    internal override void EndOf(RunContext context, string program, SiteTable sites) => _given.End(context, this, program, sites);
}
