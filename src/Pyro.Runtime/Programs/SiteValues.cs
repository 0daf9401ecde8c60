using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// Values of a program's sites. Generated code derives a class from it for each program, with a property a site and an indexer a family, so that a site that
/// is not there is a mistake that the compiler of C# finds. Handlers take it wherever they take values by name.
/// </summary>
public abstract class SiteValues : IReadOnlyDictionary<string, Tensor>
{
    private readonly Dictionary<string, Tensor> _values = [];

    /// <summary>No values yet.</summary>
    protected SiteValues()
    {
    }

    /// <summary>The values of the latent and observed sites of a run.</summary>
    /// <param name="trace">The run.</param>
    protected SiteValues(Trace trace)
    {
        foreach (var site in trace)
            if (site is { IsStochastic: true, Value: { } value })
                _values[site.Name] = value;
    }

    int IReadOnlyCollection<KeyValuePair<string, Tensor>>.Count => _values.Count;

    IEnumerable<string> IReadOnlyDictionary<string, Tensor>.Keys => _values.Keys;

    IEnumerable<Tensor> IReadOnlyDictionary<string, Tensor>.Values => _values.Values;

    Tensor IReadOnlyDictionary<string, Tensor>.this[string key] => Get(key);

    bool IReadOnlyDictionary<string, Tensor>.ContainsKey(string key) => _values.ContainsKey(key);

    bool IReadOnlyDictionary<string, Tensor>.TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value) => _values.TryGetValue(key, out value);

    IEnumerator<KeyValuePair<string, Tensor>> IEnumerable<KeyValuePair<string, Tensor>>.GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    /// <summary>The value of a site.</summary>
    /// <param name="name">The site's name.</param>
    /// <exception cref="KeyNotFoundException">The site has no value.</exception>
    protected internal Tensor Get(string name) => _values.TryGetValue(name, out var value)
        ? value
        : throw new KeyNotFoundException($"The site '{name}' has no value here. Those that have one: {string.Join(", ", _values.Keys)}.");

    /// <summary>Gives a site its value.</summary>
    /// <param name="name">The site's name.</param>
    /// <param name="value">The value.</param>
    protected internal void Set(string name, Tensor value) => _values[name] = value;
}
