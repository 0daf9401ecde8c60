using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Goes through the values of discrete latent sites, run by run: the first run takes the first value of each, <see cref="Next"/> moves on, the last site
/// fastest. What was drawn before the site that moves keeps its value, so that runs differ only in what they enumerate and in what follows. One for each
/// enumeration: it keeps where it is. Each run may have a dispose scope of its own.
/// </summary>
/// <remarks>
/// <code>
/// var enumerate = new EnumeratePoutine();
/// do
///     Use(program.With(enumerate).Trace(args));
/// while (enumerate.Next());
/// </code>
/// </remarks>
/// <param name="how">What is done at sites that do not say so in their <see cref="SiteOptions.Enumerate"/>.</param>
public sealed class EnumeratePoutine(Enumerate how = Enumerate.LockStep) : Poutine, IDisposable
{
    private readonly List<Choice> _path = [];
    private readonly Dictionary<string, int> _positions = [];

    /// <summary>Whether a discrete site was met; if not, one run is all there is.</summary>
    public bool Any => _path.Any(choice => choice.Values is not null);

    /// <summary>Moves on to the next combination, for the next run.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        while (_path.Count > 0)
        {
            var last = _path[^1];
            if (last.Values is { } values && last.Number + 1 < values.Count)
            {
                _path[^1] = new Choice(last.Name, values, last.Number + 1, null, null);
                return true;
            }
            last.Kept?.Dispose();
            _positions.Remove(last.Name);
            _path.RemoveAt(_path.Count - 1);
        }
        return false;
    }

    /// <summary>Whether a site was enumerated in the present run.</summary>
    /// <param name="name">The site's name.</param>
    public bool IsEnumerated(string name) => _positions.TryGetValue(name, out var position) && _path[position].Values is not null;

    /// <summary>Whether an enumerated site goes through its values in lock-step.</summary>
    internal bool IsLockStep(string name) => _path[_positions[name]].Values!.How == Enumerate.LockStep;

    /// <summary>Whether all runs are in one dispose scope, so that nothing must be kept from one to the next.</summary>
    internal bool SharesScope { get; init; }

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => !family.Enumerable;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is not (SiteKind.Latent or SiteKind.Subsample) || message.Value is not null)
            return;
        if (_positions.TryGetValue(message.Name, out var position))
            message.Value = Again(in message, position);
        else if (message.Kind == SiteKind.Latent && message.Distribution!.Enumerable && Mode(in message) is not Enumerate.No and var mode)
        {
            var values = SupportValues.Of(in message, mode);
            Add(new Choice(message.Name, values, 0, message.Value = values[0], null));
        }
    }

    /// <inheritdoc/>
    public override void After(ref Message message)
    {
        if (!_positions.TryGetValue(message.Name, out var position))
        {
            if (message.Kind is SiteKind.Latent or SiteKind.Subsample && message.Value is not null)
                Add(Drawn(in message));
        }
        else if (_path[position] is { Values: not null } choice && (message.Kind != SiteKind.Latent || !ReferenceEquals(message.Value, choice.Value)))
        {
            // A handler outside has fixed it: there is nothing to go through.
            _path[position] = Drawn(in message);
        }
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        foreach (var choice in _path)
            choice.Kept?.Dispose();
        _path.Clear();
        _positions.Clear();
    }

    /// <summary>Disposes what is kept from one run to the next. Where <see cref="Next"/> has given false, nothing is.</summary>
    public void Dispose() => Restart();

    private Enumerate Mode(in Message message) => message.Options?.Enumerate ?? how;

    // The value of an earlier run, which may have ended with that run's scope.
    private Tensor Again(in Message message, int position)
    {
        var choice = _path[position];
        if (choice.Value is { IsInvalid: false } known)
            return known;
        if (choice.Values is { IsInvalid: true } ended)
            choice = choice with { Values = SupportValues.Of(in message, ended.How) };
        var value = choice.Values is { } values ? values[choice.Number] : choice.Kept!.alias();
        _path[position] = choice with { Value = value };
        return value;
    }

    private Choice Drawn(in Message message) =>
        new(message.Name, null, 0, message.Value, SharesScope ? null : message.Value!.alias().DetachFromDisposeScope());

    private void Add(Choice choice)
    {
        _positions.Add(choice.Name, _path.Count);
        _path.Add(choice);
    }

    // A value lives as long as its run's scope; what was drawn is kept beyond it.
    private readonly record struct Choice(string Name, SupportValues? Values, int Number, Tensor? Value, Tensor? Kept);
}
