using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Sets latent sites to given values as an intervention does: what follows sees the value, the site itself is no longer part of the model.</summary>
public sealed class DoPoutine : Poutine
{
    private readonly GivenValues _given;

    /// <summary>Gives tensors.</summary>
    /// <param name="data">The values by name.</param>
    public DoPoutine(IReadOnlyDictionary<string, Tensor> data) => _given = new GivenValues(data);

    /// <summary>Gives tensors, and values of any type to the sites that are over such.</summary>
    /// <param name="data">The values by name.</param>
    public DoPoutine(IReadOnlyDictionary<string, object> data) => _given = new GivenValues(data);

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind != SiteKind.Latent || !_given.TryGet(in message, out var value))
            return;
        message.Kind = SiteKind.Observed;
        message.Value = value;
        message.Stop = true;
    }
}
