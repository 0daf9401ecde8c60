using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters by name, in the order in which they were added.</summary>
public class ParameterDict : nn.Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
{
    private readonly OrderedDictionary<string, Parameter> entries = [];

    /// <summary>No entries yet.</summary>
    public ParameterDict()
        : base("ParameterDict")
    {
    }

    /// <summary>The number of entries.</summary>
    public int Count => entries.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public ICollection<string> Keys => entries.Keys;

    /// <inheritdoc/>
    public ICollection<Parameter> Values => entries.Values;

    /// <summary>The entry of a name.</summary>
    public Parameter this[string key]
    {
        get => entries[key];
        set => entries[key] = value;
    }

    /// <summary>The entry at a place, with its name.</summary>
    public (string, Parameter) this[int index]
    {
        get => (entries.GetAt(index).Key, entries.GetAt(index).Value);
        set
        {
            entries.RemoveAt(index);
            entries.Insert(index, value.Item1, value.Item2);
        }
    }

    /// <summary>The entries with their names.</summary>
    public IEnumerator<(string, Parameter)> items() => GetEnumerator();

    /// <summary>The names.</summary>
    public IEnumerable<string> keys() => entries.Keys;

    /// <summary>The entries.</summary>
    public IEnumerable<Parameter> values() => entries.Values;

    /// <summary>Forgets all entries.</summary>
    public void clear() => Clear();

    /// <summary>Forgets all entries.</summary>
    public void Clear() => entries.Clear();

    /// <summary>One more entry.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string key, Parameter value) => entries.Add(key, value);

    /// <summary>One more entry.</summary>
    public void Add((string, Parameter) item) => entries.Add(item.Item1, item.Item2);

    /// <summary>One more entry.</summary>
    public void Add(KeyValuePair<string, Parameter> item) => entries.Add(item.Key, item.Value);

    /// <summary>One more entry, at a place.</summary>
    public void Insert(int index, (string, Parameter) item) => entries.Insert(index, item.Item1, item.Item2);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => entries.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) => entries.TryGetValue(key, out value);

    /// <summary>Whether exactly this entry is under this name.</summary>
    public bool Contains((string, Parameter) item) => entries.TryGetValue(item.Item1, out var value) && ReferenceEquals(value, item.Item2);

    /// <summary>Whether exactly this entry is under this name.</summary>
    public bool Contains(KeyValuePair<string, Parameter> item) => Contains((item.Key, item.Value));

    /// <summary>The place of an entry; −1 where it is not there.</summary>
    public int IndexOf((string, Parameter) item) => Contains(item) ? entries.IndexOf(item.Item1) : -1;

    /// <inheritdoc/>
    public bool Remove(string key) => entries.Remove(key);

    /// <summary>Forgets an entry.</summary>
    public bool Remove((string, Parameter) item) => Contains(item) && entries.Remove(item.Item1);

    /// <summary>Forgets an entry.</summary>
    public bool Remove(KeyValuePair<string, Parameter> item) => Remove((item.Key, item.Value));

    /// <summary>Forgets the entry at a place.</summary>
    public void RemoveAt(int index) => entries.RemoveAt(index);

    /// <summary>Copies the entries.</summary>
    public void CopyTo((string, Parameter)[] array, int arrayIndex) => entries.Select(item => (item.Key, item.Value)).ToArray().CopyTo(array, arrayIndex);

    /// <summary>Copies the entries.</summary>
    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) => ((ICollection<KeyValuePair<string, Parameter>>)entries).CopyTo(array, arrayIndex);

    /// <summary>The entries with their names.</summary>
    public IEnumerator<(string, Parameter)> GetEnumerator() => entries.Select(item => (item.Key, item.Value)).GetEnumerator();

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private protected override IEnumerable<(string Name, Parameter Parameter)> OwnParameters => entries.Select(item => (item.Key, item.Value));
}
