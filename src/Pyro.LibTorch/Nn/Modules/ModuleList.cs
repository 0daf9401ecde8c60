using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Modules in a list, named by their places.</summary>
public class ModuleList<T> : nn.Module, IList<T>
    where T : nn.Module
{
    private readonly List<T> items = [];

    /// <summary>The items in their order.</summary>
    public ModuleList(params T[] modules)
        : base("ModuleList") => items.AddRange(modules);

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public T this[int index]
    {
        get => items[index];
        set => items[index] = value;
    }

    /// <inheritdoc/>
    public void Add(T item) => items.Add(item);

    /// <summary>More items at the end.</summary>
    public void append(params T[] parameters) => items.AddRange(parameters);

    /// <summary>More items at the end.</summary>
    public void extend(IEnumerable<T> modules) => items.AddRange(modules);

    /// <inheritdoc/>
    public void Clear() => items.Clear();

    /// <inheritdoc/>
    public bool Contains(T item) => items.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(T[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public int IndexOf(T item) => items.IndexOf(item);

    /// <inheritdoc/>
    public void Insert(int index, T item) => items.Insert(index, item);

    /// <inheritdoc/>
    public bool Remove(T item) => items.Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => items.RemoveAt(index);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The items are the parts, under their places, so that the list can change at any time.
    private protected override IEnumerable<(string Name, nn.Module Module)> Parts => items.Select((item, index) => (NameOf(index), (nn.Module)item));

    private static string NameOf(int index) => index.ToString(CultureInfo.InvariantCulture);
}
