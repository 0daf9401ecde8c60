using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Pyro.Traces;

namespace Pyro.Programs;

/// <summary>
/// Values of a program's sites. Generated code derives a class from it for each program, with a property a site and an indexer a family, so that a site that
/// is not there is a mistake that the compiler of C# finds. Handlers take it wherever they take values by name.
/// </summary>
public abstract class SiteValues : IReadOnlyDictionary<string, object>
{
    private readonly Dictionary<string, object> _values = [];

    /// <summary>No values yet.</summary>
    protected SiteValues()
    {
    }

    /// <summary>The values of the latent and observed sites of a run.</summary>
    /// <param name="trace">The run.</param>
    protected SiteValues(Trace trace)
    {
        foreach (var site in trace)
            if (site is { IsStochastic: true, Held: { } value })
                _values[site.Name] = value;
    }

    int IReadOnlyCollection<KeyValuePair<string, object>>.Count => _values.Count;

    IEnumerable<string> IReadOnlyDictionary<string, object>.Keys => _values.Keys;

    IEnumerable<object> IReadOnlyDictionary<string, object>.Values => _values.Values;

    object IReadOnlyDictionary<string, object>.this[string key] => Get<object>(key);

    bool IReadOnlyDictionary<string, object>.ContainsKey(string key) => _values.ContainsKey(key);

    bool IReadOnlyDictionary<string, object>.TryGetValue(string key, [MaybeNullWhen(false)] out object value) => _values.TryGetValue(key, out value);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _values.GetEnumerator();

    /// <summary>The value of a site.</summary>
    /// <typeparam name="T">Its type: a tensor, or what the distribution is over.</typeparam>
    /// <param name="name">The site's name.</param>
    /// <exception cref="KeyNotFoundException">The site has no value of that type.</exception>
    protected internal T Get<T>(string name) where T : notnull => _values.TryGetValue(name, out var value) && value is T typed
        ? typed
        : throw new KeyNotFoundException($"The site '{name}' has no {(value is null ? "value" : typeof(T).Name)} here. Those that have one: {string.Join(", ", _values.Keys)}.");

    /// <summary>Gives a site its value.</summary>
    /// <param name="name">The site's name.</param>
    /// <param name="value">The value.</param>
    protected internal void Set(string name, object value) => _values[name] = value;
}
