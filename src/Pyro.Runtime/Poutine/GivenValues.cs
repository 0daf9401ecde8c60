using System.Diagnostics.CodeAnalysis;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Values by site name: tensors, or values of the types that sites are over.</summary>
internal sealed class GivenValues
{
    private readonly IReadOnlyDictionary<string, Tensor>? _tensors;
    private readonly IReadOnlyDictionary<string, object>? _values;

    public GivenValues(IReadOnlyDictionary<string, Tensor> tensors) => _tensors = tensors;

    public GivenValues(IReadOnlyDictionary<string, object> values) => _values = values;

    /// <summary>The value of a site or a parameter, as the tensor that stands for it.</summary>
    /// <exception cref="ModelException">It has one that is none of the site's.</exception>
    public bool TryGet(in Message message, [MaybeNullWhen(false)] out Tensor value)
    {
        if (_tensors is not null)
            return _tensors.TryGetValue(message.Name, out value);
        value = _values!.TryGetValue(message.Name, out var given) ? Encode(message.Name, message.Distribution, given) : null;
        return value is not null;
    }

    /// <summary>The tensor that stands for a value.</summary>
    /// <param name="site">The site's name, for the message.</param>
    /// <param name="distribution">The site's distribution; null for a parameter, which takes tensors.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ModelException">It is none of the site's.</exception>
    public static Tensor Encode(string site, Distribution? distribution, object value) =>
        (distribution is null ? value as Tensor : distribution.Encode(value)) ?? throw new ModelException(site,
            $"The site '{site}' is given {value}, and takes {distribution?.Takes ?? "a tensor"}. Give it such a value.");
}
