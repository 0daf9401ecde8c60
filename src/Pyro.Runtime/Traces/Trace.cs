using System.Collections;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Traces;

/// <summary>What a run did: its sites in the order in which it met them. Emptied and filled again, it allocates nothing.</summary>
public sealed class Trace : IReadOnlyCollection<TraceSite>
{
    private readonly Dictionary<string, int> _index = [];
    private TraceSite[] _sites = new TraceSite[8];

    /// <summary>How many sites, parameters and plates there are.</summary>
    public int Count { get; private set; }

    /// <summary>A site by its position.</summary>
    /// <param name="index">The position, from 0.</param>
    public ref readonly TraceSite this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return ref _sites[index];
        }
    }

    /// <summary>A site by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">The run met no such site.</exception>
    public ref readonly TraceSite this[string name]
    {
        get
        {
            if (!_index.TryGetValue(name, out var index))
                throw new KeyNotFoundException($"The trace has no site '{name}'. It has: {string.Join(", ", this.Select(s => s.Name))}.");
            return ref _sites[index];
        }
    }

    /// <summary>The names of the latent sites, in order.</summary>
    public IEnumerable<string> StochasticNodes => Names(SiteKind.Latent);

    /// <summary>The names of the observed sites, in order.</summary>
    public IEnumerable<string> ObservationNodes => Names(SiteKind.Observed);

    /// <summary>The names of the parameters, in order.</summary>
    public IEnumerable<string> ParamNodes => Names(SiteKind.Param);

    /// <summary>Whether the run met a site of this name.</summary>
    /// <param name="name">The name.</param>
    public bool Contains(string name) => _index.ContainsKey(name);

    /// <summary>The position of a site.</summary>
    /// <param name="name">The name.</param>
    /// <param name="index">The position, from 0.</param>
    /// <returns>Whether the run met it.</returns>
    public bool TryFind(string name, out int index) => _index.TryGetValue(name, out index);

    /// <summary>The log density of the run, latent and observed sites together, with their scales: a 0-dim tensor.</summary>
    public Tensor LogPdf()
    {
        Tensor? total = null;
        for (var i = 0; i < Count; i++)
        {
            ref readonly var site = ref _sites[i];
            if (!site.IsStochastic)
                continue;
            var density = site.Scale == 1 ? site.LogPdf() : site.LogPdf() * site.Scale;
            total = total is null ? density : total + density;
        }
        return total ?? zeros([]);
    }

    /// <summary>Forgets everything, and keeps its memory for the next run.</summary>
    public void Clear()
    {
        Array.Clear(_sites, 0, Count);
        _index.Clear();
        Count = 0;
    }

    /// <inheritdoc/>
    public IEnumerator<TraceSite> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return _sites[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Record(in Message message)
    {
        if (_index.TryGetValue(message.Name, out var index))
        {
            ref var earlier = ref _sites[index];
            if (earlier.Kind != SiteKind.Param || message.Kind != SiteKind.Param)
                throw Duplicate(in earlier, in message);
            earlier = new TraceSite(in message);
            return;
        }
        if (Count == _sites.Length)
            Array.Resize(ref _sites, 2 * Count);
        _index.Add(message.Name, Count);
        _sites[Count++] = new TraceSite(in message);
    }

    private static ModelException Duplicate(in TraceSite earlier, in Message message)
    {
        var what = earlier.Kind == message.Kind
            ? $"Two {Noun(message.Kind)}s of one run are named '{message.Name}'."
            : $"A {Noun(earlier.Kind)} and a {Noun(message.Kind)} of one run are both named '{message.Name}'.";
        return new ModelException(message.Name, $"{what} Give each its own name; inside a loop append the index.");
    }

    private static string Noun(SiteKind kind) => kind switch
    {
        SiteKind.Latent => "latent site",
        SiteKind.Observed => "observed site",
        SiteKind.Param => "parameter",
        _ => "plate",
    };

    private IEnumerable<string> Names(SiteKind kind) => this.Where(site => site.Kind == kind).Select(site => site.Name);
}
