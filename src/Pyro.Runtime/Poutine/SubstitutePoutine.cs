using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Gives latent sites values by name; they stay latent, and are scored as such. Those that have no value here draw their own.</summary>
/// <param name="data">The values by site name.</param>
public sealed class SubstitutePoutine(IReadOnlyDictionary<string, Tensor> data) : Poutine
{
    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind == SiteKind.Latent && message.Value is null && data.TryGetValue(message.Name, out var value))
            message.Value = value;
    }
}
