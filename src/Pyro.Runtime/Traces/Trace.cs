using System.Collections;
using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Traces;

/// <summary>
/// What a run did: its sites in the order in which it met them. Emptied and filled again, it allocates nothing. A trace that <see cref="Poutines.Handlers.Trace{TArgs}(Program{TArgs}, TArgs, RunContext?, GraphType)"/> or <see cref="Load"/>
/// gives owns the tensors that were made for it: they end with <see cref="Dispose"/>, or with the dispose scope around the call where that ends first.
/// </summary>
public sealed partial class Trace : IReadOnlyCollection<TraceSite>, IDisposable
{
    private readonly Owned _owned = new();
    private readonly Dictionary<string, int> _index = [];
    private TraceSite[] _entries = new TraceSite[8];
    private List<TraceSite>? _all;
    private Dictionary<string, TraceSite>? _members;
    private bool _hasFamilies;
    private int _count;

    /// <summary>How many sites, parameters and plates there are.</summary>
    public int Count => _hasFamilies ? All.Count : _count;

    /// <summary>A site by its position.</summary>
    /// <param name="index">The position, from 0.</param>
    public TraceSite this[int index] => _hasFamilies ? All[index] : Entries[index];

    /// <summary>A site by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">The run met no such site.</exception>
    public TraceSite this[string name] => TryFind(name, out var site)
        ? site
        : throw new KeyNotFoundException($"The trace has no site '{name}'. It has: {string.Join(", ", this.Select(s => s.Name))}.");

    /// <summary>What inference reads: the sites, with a family that ran as one as one entry.</summary>
    internal ReadOnlySpan<TraceSite> Entries => _entries.AsSpan(0, _count);

    private List<TraceSite> All => _all ??= [.. Expanded()];

    /// <summary>The names of the latent sites, in order.</summary>
    public IEnumerable<string> StochasticNodes => Names(SiteKind.Latent);

    /// <summary>The names of the observed sites, in order.</summary>
    public IEnumerable<string> ObservationNodes => Names(SiteKind.Observed);

    /// <summary>The names of the latent sites whose gradients flow through samples, in order.</summary>
    /// <exception cref="InvalidOperationException">The trace comes from a file and has no distributions.</exception>
    public IEnumerable<string> ReparameterizedNodes => Names(site => site.Kind == SiteKind.Latent && site.Scored.Reparameterized);

    /// <summary>The names of the latent sites whose gradients are estimated by the score function, in order.</summary>
    /// <exception cref="InvalidOperationException">The trace comes from a file and has no distributions.</exception>
    public IEnumerable<string> NonreparamStochasticNodes => Names(site => site.Kind == SiteKind.Latent && !site.Scored.Reparameterized);

    /// <summary>The names of the parameters, in order.</summary>
    public IEnumerable<string> ParamNodes => Names(SiteKind.Param);

    /// <summary>Whether the run met a site of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => TryFind(name, out _);

    /// <summary>A site by its name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="site">The site.</param>
    /// <returns>Whether the run met it.</returns>
    public bool TryFind(string name, out TraceSite site)
    {
        if (_index.TryGetValue(name, out var index))
        {
            site = _entries[index];
            return true;
        }
        site = default;
        return _hasFamilies && (_members ??= All.ToDictionary(member => member.Name)).TryGetValue(name, out site);
    }

    /// <summary>The position of an entry.</summary>
    internal bool TryFindEntry(string name, out int index) => _index.TryGetValue(name, out index);

    /// <summary>Whether sites that may be members of the family were met one by one.</summary>
    internal bool HasSingleMembers(Site family)
    {
        var prefix = family.Name.AsSpan(0, family.Name.IndexOf('{', StringComparison.Ordinal));
        foreach (ref readonly var entry in Entries)
            if (entry.IsStochastic && entry.Members == 0 && entry.Name.AsSpan().StartsWith(prefix, StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>
    /// Disposes the tensors that were made for the trace: values, and what distributions were computed from. Parameters, the program's arguments and modules are not among them. A
    /// copy has the same tensors.
    /// </summary>
    public void Dispose() => _owned.Dispose();

    /// <summary>Takes over all tensors of a scope, which go on in the scope around it.</summary>
    internal void Own(DisposeScope scope) => _owned.Take(scope);

    /// <summary>Forgets everything, and keeps its memory for the next run. What it owns stays its own.</summary>
    public void Clear()
    {
        Array.Clear(_entries, 0, _count);
        _index.Clear();
        _count = 0;
        _hasFamilies = false;
        Stale();
    }

    /// <inheritdoc/>
    public IEnumerator<TraceSite> GetEnumerator() => (_hasFamilies ? All : Enumerable.Range(0, _count).Select(i => _entries[i])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Record(in Message message)
    {
        // A parameter with a prior is one site, however often a run meets it.
        if (message is { LiftedBy: not null, Kind: SiteKind.Param })
            return;
        Stale();
        if (_index.TryGetValue(message.Name, out var index))
        {
            ref var earlier = ref _entries[index];
            if (earlier.Kind != SiteKind.Param || message.Kind != SiteKind.Param)
                throw Duplicate(in earlier, in message);
            earlier = new TraceSite(in message);
            return;
        }
        Append(new TraceSite(in message));
    }

    /// <summary>
    /// Adds a site by hand, as the last one: for a trace that no run has made, to replay or to condition on. Its tensors stay the caller's.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="kind">What it is: a latent or observed site, a parameter or a deterministic value.</param>
    /// <param name="value">The value.</param>
    /// <param name="distribution">The distribution of a latent or observed site; null for none, and then it has no log density.</param>
    /// <param name="scale">The factor of its log density.</param>
    /// <exception cref="ArgumentException">The kind is a plate, what has no log density has a distribution, or the value does not fit the distribution.</exception>
    /// <exception cref="ModelException">There is a site of this name.</exception>
    public void AddNode(string name, SiteKind kind, Tensor value, Distribution? distribution = null, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (kind == SiteKind.Subsample)
            throw new ArgumentException($"'{name}' is to be a plate, which only a run has.", nameof(kind));
        if (distribution is not null && kind is not (SiteKind.Latent or SiteKind.Observed))
            throw new ArgumentException($"A {Noun(kind)} has no distribution.", nameof(distribution));
        distribution?.Shape(value);
        var site = new TraceSite(name, kind, value, distribution, scale);
        if (Contains(name))
            throw new ModelException(name, $"The trace has a site '{name}' already. Give each its own name.");
        Stale();
        Append(in site);
    }

    internal void Append(in TraceSite site)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, 2 * _count);
        _index.Add(site.Name, _count);
        _entries[_count++] = site;
        _hasFamilies |= site.Members > 0;
    }

    private void Stale()
    {
        _all = null;
        _members = null;
        _logPdfs = null;
        _batchLogPdfs = null;
    }

    // The sites of a loop that ran as one come as the loop would have met them: all of one iteration, then all of the next.
    private IEnumerable<TraceSite> Expanded()
    {
        for (var i = 0; i < _count;)
        {
            var last = i + 1;
            if (_entries[i].Members == 0)
                yield return _entries[i];
            else
            {
                while (last < _count && _entries[last].Members > 0 && ReferenceEquals(_entries[last].Plate, _entries[i].Plate))
                    last++;
                for (var position = 0; position < _entries[i].Members; position++)
                    for (var entry = i; entry < last; entry++)
                        yield return _entries[entry].Member(position);
            }
            i = last;
        }
    }

    private static ModelException Duplicate(in TraceSite earlier, in Message message)
    {
        var what = earlier.Kind == message.Kind
            ? $"Two {Noun(message.Kind)}s of one run are named '{message.Name}'."
            : $"A {Noun(earlier.Kind)} and a {Noun(message.Kind)} of one run are both named '{message.Name}'.";
        return new ModelException(message.Name, $"{what} Give each its own name; inside a loop append the index.");
    }

    internal static string Noun(SiteKind kind) => kind switch
    {
        SiteKind.Latent => "latent site",
        SiteKind.Observed => "observed site",
        SiteKind.Param => "parameter",
        SiteKind.Deterministic => "deterministic value",
        _ => "plate",
    };

    private IEnumerable<string> Names(SiteKind kind) => Names(site => site.Kind == kind);

    private IEnumerable<string> Names(Func<TraceSite, bool> filter) => this.Where(filter).Select(site => site.Name);
}
