using System.Globalization;
using System.Runtime.CompilerServices;
using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Programs;

/// <summary>
/// What a program computes with, as text: the dtypes and shapes of its arguments and of its latest sites. TorchSharp's exceptions have libtorch's first line alone, which seldom
/// names both operands.
/// </summary>
internal sealed class Operands
{
    private const int Most = 8;

    private readonly (string Name, Tensor? Value)[] _sites = new (string, Tensor?)[Most];
    private int _count;

    /// <summary>Keeps a site's value until <see cref="Most"/> others follow.</summary>
    public void Add(string name, Tensor? value) => _sites[_count++ % Most] = (name, value);

    /// <summary>Forgets the sites.</summary>
    public void Clear()
    {
        Array.Clear(_sites);
        _count = 0;
    }

    /// <summary>The arguments and the sites, as sentences; empty where there is neither.</summary>
    /// <param name="names">The names of the arguments; empty where they are not known.</param>
    /// <param name="args">The arguments: one, or a tuple.</param>
    public string Describe(IReadOnlyList<string> names, object? args)
    {
        object?[] values = args is Unit ? [] : args is ITuple tuple && names.Count != 1 ? Elements(tuple) : [args];
        var arguments = values.Select((value, i) => i < names.Count ? $"{names[i]} {Text(value)}" : Text(value));
        var sites = Enumerable.Range(Math.Max(0, _count - Most), Math.Min(_count, Most)).Select(i => _sites[i % Most])
            .Where(site => site.Value is not null).Select(site => $"{site.Name} {CheckedTensor.Text(site.Value)}");
        return Sentence("Its arguments: ", arguments) + Sentence("Its sites before that: ", sites);
    }

    /// <summary>The sites whose values have been disposed, as a sentence; empty where there is none.</summary>
    public string DescribeDisposed()
    {
        var names = _sites.Where(site => site.Value is { IsInvalid: true }).Select(site => $"'{site.Name}'").ToArray();
        return names.Length == 0 ? "" : $" Disposed are the values of {string.Join(", ", names)}: move them out, by MoveToOuterDisposeScope.";
    }

    private static string Sentence(string about, IEnumerable<string> parts) => string.Join(", ", parts) is { Length: > 0 } text ? $" {about}{text}." : "";

    private static object?[] Elements(ITuple tuple) => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])];

    private static string Text(object? value) => value switch
    {
        null => "null",
        Tensor tensor => CheckedTensor.Text(tensor),
        ITuple tuple => $"({string.Join(", ", Elements(tuple).Select(Text))})",
        IReadOnlyCollection<Tensor> tensors => $"[{string.Join(", ", tensors.Take(Most).Select(Text))}{(tensors.Count > Most ? ", …" : "")}]",
        string { Length: <= 40 } text => $"\"{text}\"",
        bool or int or long or float or double => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => value.GetType().Name,
    };
}
