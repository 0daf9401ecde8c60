using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Gives latent sites and parameters values by name. They stay what they are: a site is scored as a latent one, a parameter is not trained. Those that have
/// no value here make their own.
/// </summary>
/// <param name="data">The values by name.</param>
public sealed class SubstitutePoutine(IReadOnlyDictionary<string, Tensor> data) : Poutine
{
    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is SiteKind.Latent or SiteKind.Param && message.Value is null && data.TryGetValue(message.Name, out var value))
            message.Value = value;
    }
}
