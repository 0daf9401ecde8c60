using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Parameters in a list, named by their places.</summary>
public class ParameterList : nn.Module, IList<Parameter>
{
    private readonly List<Parameter> items = [];

    /// <summary>The items in their order.</summary>
    public ParameterList(params Parameter[] parameters)
        : base("ParameterList") => items.AddRange(parameters);

    /// <inheritdoc/>
    public int Count => items.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public Parameter this[int index]
    {
        get => items[index];
        set => items[index] = value;
    }

    /// <inheritdoc/>
    public void Add(Parameter item) => items.Add(item);

    /// <summary>More items at the end.</summary>
    public void append(params Parameter[] parameters) => items.AddRange(parameters);

    /// <summary>More items at the end.</summary>
    public void extend(IEnumerable<Parameter> parameters) => items.AddRange(parameters);

    /// <inheritdoc/>
    public void Clear() => items.Clear();

    /// <inheritdoc/>
    public bool Contains(Parameter item) => items.Contains(item);

    /// <inheritdoc/>
    public void CopyTo(Parameter[] array, int arrayIndex) => items.CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public int IndexOf(Parameter item) => items.IndexOf(item);

    /// <inheritdoc/>
    public void Insert(int index, Parameter item) => items.Insert(index, item);

    /// <inheritdoc/>
    public bool Remove(Parameter item) => items.Remove(item);

    /// <inheritdoc/>
    public void RemoveAt(int index) => items.RemoveAt(index);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    // The items are the parameters, under their places, so that the list can change at any time.
    private protected override IEnumerable<(string Name, Parameter Parameter)> OwnParameters => items.Select((item, index) => (NameOf(index), item));

    private static string NameOf(int index) => index.ToString(CultureInfo.InvariantCulture);
}
