using System.Diagnostics.CodeAnalysis;
using Pyro.Distributions;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Values by site name: tensors, or values of the types that sites are over. Those that somebody wrote down must all be taken, once each; those of a run are taken as far as they go.
/// </summary>
internal sealed class GivenValues
{
    private readonly IReadOnlyDictionary<string, Tensor>? _tensors;
    private readonly IReadOnlyDictionary<string, object>? _values;
    private readonly string _handler;
    private readonly bool _allowMissing;

    /// <param name="handler">The handler's name, for messages.</param>
    /// <param name="tensors">The values.</param>
    /// <param name="allowMissing">Whether runs may have no sites of some of the names.</param>
    public GivenValues(string handler, IReadOnlyDictionary<string, Tensor> tensors, bool allowMissing)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        (_handler, _tensors, _allowMissing, AreOfRun) = (handler, tensors, allowMissing, tensors is RunValues);
    }

    /// <inheritdoc cref="GivenValues(string, IReadOnlyDictionary{string, Tensor}, bool)"/>
    public GivenValues(string handler, IReadOnlyDictionary<string, object> values, bool allowMissing)
    {
        ArgumentNullException.ThrowIfNull(values);
        (_handler, _values, _allowMissing, AreOfRun) = (handler, values, allowMissing, values is SiteValues);
    }

    /// <summary>Whether they are of a run: then sites that have data keep them, and names that another run does not have are none's fault.</summary>
    public bool AreOfRun { get; }

    /// <summary>A run begins.</summary>
    public void Begin(RunContext context, Poutine handler)
    {
        if (!AreOfRun)
            context.NamesOf(handler).Clear();
    }

    /// <summary>Keeps that a site was met.</summary>
    public void Meet(in Message message, Poutine handler)
    {
        if (AreOfRun)
            return;
        var names = message.Context.NamesOf(handler);
        if (message.Kind == SiteKind.Latent)
            names.MeetLatent(message.Name);
        if (_tensors?.ContainsKey(message.Name) ?? _values!.ContainsKey(message.Name))
            names.Meet(message.Name);
    }

    /// <summary>Makes sure, at the end of a run, that all names were met.</summary>
    /// <exception cref="ModelException">One was not.</exception>
    public void End(RunContext context, Poutine handler, string program, SiteTable sites)
    {
        if (AreOfRun || _allowMissing || context.NamesOf(handler) is var names && names.Count == (_tensors?.Count ?? _values!.Count))
            return;
        foreach (var name in _tensors?.Keys ?? _values!.Keys)
        {
            if (names.HasMet(name))
                continue;
            if (context.HasActed(name))
                throw new ModelException(name,
                    $"{_handler} gives '{name}' a value, and a handler inside of it hides that site of {program}, as {nameof(Handlers.Do)} and {nameof(Handlers.Block)} do. " +
                    "Give it the value in one place.");
            // A site that the compiler knows is in a branch that this run did not take.
            if (!(sites.TryGet(name, out var site) && !site.Name.Contains('{', StringComparison.Ordinal)))
                throw new ModelException(name,
                    $"{_handler} gives '{name}' a value, and {program} has met no site of that name. Its latent sites in this run: {List(names.Latent)}. Correct the name; where only " +
                    "some runs have the site, say so by allowMissing: true.");
        }
    }

    /// <summary>What is thrown where a value is given to what takes none.</summary>
    public ModelException Refused(in Message message) => new(message.Name, message.Kind switch
    {
        SiteKind.Observed => $"The site '{message.Name}' is given a value by {_handler} and has one already, as data or by a handler inside. Give it one value: {_handler} takes latent sites.",
        SiteKind.Param => $"'{message.Name}' is a parameter, and {_handler} takes latent sites. {nameof(Handlers.Substitute)} gives it a value; {nameof(Handlers.Lift)}, put inside, makes it latent.",
        SiteKind.Deterministic => $"'{message.Name}' is a deterministic value, and {_handler} takes latent sites. Give a value to what it follows from.",
        _ => $"'{message.Name}' is a plate, and {_handler} takes latent sites. A plate's elements are given by its subsample.",
    });

    /// <summary>What is thrown where a site that is given a value has another one from a handler inside.</summary>
    public ModelException Twice(in Message message) => new(message.Name,
        $"The {Trace.Noun(message.Kind)} '{message.Name}' is given a value by {_handler} and another one by a handler inside of it. Give it one.");

    /// <summary>The value that a site becomes fixed at, by a handler that takes latent sites.</summary>
    /// <exception cref="ModelException">There is one, and what is there is no latent site, or has a value that somebody wrote down.</exception>
    public bool Takes(in Message message, [MaybeNullWhen(false)] out Tensor value)
    {
        if (message.Kind != SiteKind.Latent && AreOfRun || !TryGet(in message, out value))
        {
            value = null;
            return false;
        }
        if (message.Kind != SiteKind.Latent)
            throw Refused(in message);
        if (message.IsSubstituted)
            throw Twice(in message);
        return true;
    }

    /// <summary>The value of a site or a parameter, as the tensor that stands for it.</summary>
    /// <exception cref="ModelException">It has one that is none of the site's.</exception>
    public bool TryGet(in Message message, [MaybeNullWhen(false)] out Tensor value)
    {
        if (_tensors is not null)
            return _tensors.TryGetValue(message.Name, out value);
        value = _values!.TryGetValue(message.Name, out var given) ? Encode(message.Name, message.Distribution, given) : null;
        return value is not null;
    }

    /// <summary>The tensor that stands for a value.</summary>
    /// <param name="site">The site's name, for the message.</param>
    /// <param name="distribution">The site's distribution; null for a parameter, which takes tensors.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ModelException">It is none of the site's.</exception>
    public static Tensor Encode(string site, Distribution? distribution, object value) =>
        (distribution is null ? value as Tensor : distribution.Encode(value)) ?? throw new ModelException(site,
            $"The site '{site}' is given {value}, and takes {distribution?.Takes ?? "a tensor"}. Give it such a value.");

    private static string List(IReadOnlyList<string> names) => names.Count == 0
        ? "none"
        : string.Join(", ", names.Take(20)) + (names.Count > 20 ? ", …" : "");
}
