using System.Collections;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>
/// A network with values in the place of its parameters, as <c>RandomModule</c> gives it: a function, and the values by the parameters' names. The network itself is not changed.
/// </summary>
public sealed class SampledModule : IReadOnlyDictionary<string, Tensor>
{
    private readonly nn.Module _module;
    private readonly string _name;
    private readonly Dictionary<string, Tensor> _values;

    internal SampledModule(string name, nn.Module module, Dictionary<string, Tensor> values) => (_name, _module, _values) = (name, module, values);

    /// <summary>How many parameters there are.</summary>
    public int Count => _values.Count;

    /// <summary>The parameters' names in the network.</summary>
    public IEnumerable<string> Keys => _values.Keys;

    /// <summary>The values.</summary>
    public IEnumerable<Tensor> Values => _values.Values;

    /// <summary>The value of a parameter.</summary>
    /// <param name="key">Its name in the network.</param>
    /// <exception cref="KeyNotFoundException">It has no such parameter.</exception>
    public Tensor this[string key] => _values.TryGetValue(key, out var value)
        ? value
        : throw new KeyNotFoundException($"The module '{_name}' has no parameter '{key}'. It has: {string.Join(", ", _values.Keys)}.");

    /// <summary>
    /// The network's output for an input, with the values: of <c>Linear</c>, convolutions whose padding is zeros, <c>LayerNorm</c>, <c>GroupNorm</c>, <c>PReLU</c>,
    /// <c>Sequential</c>, layers without parameters, Pyro's own networks and those that say how by <see cref="IForwardWith"/>.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <exception cref="ModelException">The network, or a part of it, is another one.</exception>
    public Tensor call(Tensor input) => _module switch
    {
        IForwardWith own => own.ForwardWith(this, input),
        Linear => nn.functional.linear(input, this["weight"], Bias),
        Convolution { padding_mode: PaddingModes.Zeros } convolution and (Conv1d or Conv2d or Conv3d) => Convolve(convolution, input),
        LayerNorm norm => nn.functional.layer_norm(input, norm.normalized_shape, _values.GetValueOrDefault("weight"), Bias, norm.eps),
        GroupNorm norm => nn.functional.group_norm(input, norm.num_groups, _values.GetValueOrDefault("weight"), Bias, norm.eps),
        PReLU => nn.functional.prelu(input, this["weight"]),
        Sequential parts => parts.named_children().Aggregate(input, (x, part) => Of(part.name, part.module).call(x)),
        nn.Module<Tensor, Tensor> plain when !plain.named_parameters().Any() => plain.call(input),
        _ => throw new ModelException(_name,
            $"The module '{_name}' is a {_module.GetType().Name}, which is not known to compute with other values of its parameters. Have it implement {nameof(IForwardWith)}, or compute " +
            $"with the values by nn.functional: {string.Join(", ", _values.Keys)}."),
    };

    private Tensor? Bias => _values.GetValueOrDefault("bias");

    private Tensor Convolve(Convolution layer, Tensor input)
    {
        var (weight, stride, padding, dilation, groups) = (this["weight"], layer.stride, layer.padding!, layer.dilation, layer.groups);
        return (layer, layer.padding_type) switch
        {
            (Conv1d, { } kind) => nn.functional.conv1d_padding(input, weight, Bias, stride[0], kind, dilation[0], groups),
            (Conv1d, _) => nn.functional.conv1d(input, weight, Bias, stride[0], padding[0], dilation[0], groups),
            (Conv2d, { } kind) => nn.functional.conv2d_padding(input, weight, Bias, stride, kind, dilation, groups),
            (Conv2d, _) => nn.functional.conv2d(input, weight, Bias, stride, padding, dilation, groups),
            (_, { } kind) => nn.functional.conv3d_padding(input, weight, Bias, stride, kind, dilation, groups),
            _ => nn.functional.conv3d(input, weight, Bias, stride, padding, dilation, groups),
        };
    }

    /// <summary>A part of the network with its values.</summary>
    /// <param name="path">The part's name; of a part of a part, both with a dot between.</param>
    /// <exception cref="KeyNotFoundException">There is no such part.</exception>
    public SampledModule Part(string path)
    {
        foreach (var (name, module) in _module.named_modules())
            if (name == path)
                return Of(path, module);
        throw new KeyNotFoundException($"The module '{_name}' has no part '{path}'. It has: {string.Join(", ", _module.named_modules().Select(part => part.name))}.");
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private SampledModule Of(string path, nn.Module module)
    {
        var values = new Dictionary<string, Tensor>();
        foreach (var (name, value) in _values)
            if (name.Length > path.Length && name[path.Length] == '.' && name.StartsWith(path, StringComparison.Ordinal))
                values.Add(name[(path.Length + 1)..], value);
        return new SampledModule($"{_name}.{path}", module, values);
    }
}
