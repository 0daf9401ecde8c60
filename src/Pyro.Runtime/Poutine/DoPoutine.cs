using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Sets latent sites to given values as an intervention does: what follows sees the value, the site itself is no longer part of the model.</summary>
/// <param name="data">The values by site name.</param>
public sealed class DoPoutine(IReadOnlyDictionary<string, Tensor> data) : Poutine
{
    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind != SiteKind.Latent || !data.TryGetValue(message.Name, out var value))
            return;
        message.Kind = SiteKind.Observed;
        message.Value = value;
        message.Stop = true;
    }
}
