using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Goes through the values of discrete latent sites, run by run: the first run takes the first value of each, <see cref="Next"/> moves on, the last site
/// fastest. What was drawn before the site that moves keeps its value, so that runs differ only in what they enumerate and in what follows. One for each
/// enumeration: it keeps where it is.
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
public sealed class EnumeratePoutine(Enumerate how = Enumerate.LockStep) : Poutine
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
                _path[^1] = new Choice(last.Name, values, last.Number + 1, values[last.Number + 1]);
                return true;
            }
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

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => !family.Enumerable;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is not (SiteKind.Latent or SiteKind.Subsample) || message.Value is not null)
            return;
        if (_positions.TryGetValue(message.Name, out var position))
            message.Value = _path[position].Value;
        else if (message.Kind == SiteKind.Latent && message.Distribution!.Enumerable && Mode(in message) is not Enumerate.No and var mode)
        {
            var values = SupportValues.Of(in message, mode);
            Add(new Choice(message.Name, values, 0, message.Value = values[0]));
        }
    }

    /// <inheritdoc/>
    public override void After(ref Message message)
    {
        if (!_positions.TryGetValue(message.Name, out var position))
        {
            if (message.Kind is SiteKind.Latent or SiteKind.Subsample && message.Value is not null)
                Add(new Choice(message.Name, null, 0, message.Value));
        }
        else if (_path[position] is { Values: not null } choice && (message.Kind != SiteKind.Latent || !ReferenceEquals(message.Value, choice.Value)))
        {
            // A handler outside has fixed it: there is nothing to go through.
            _path[position] = new Choice(message.Name, null, 0, message.Value!);
        }
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        _path.Clear();
        _positions.Clear();
    }

    private Enumerate Mode(in Message message) => message.Options?.Enumerate ?? how;

    private void Add(Choice choice)
    {
        _positions.Add(choice.Name, _path.Count);
        _path.Add(choice);
    }

    private readonly record struct Choice(string Name, SupportValues? Values, int Number, Tensor Value);
}
