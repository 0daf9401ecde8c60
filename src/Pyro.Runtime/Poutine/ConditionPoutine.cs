using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Makes latent sites observed, with given values.</summary>
/// <param name="data">The values by site name.</param>
public sealed class ConditionPoutine(IReadOnlyDictionary<string, Tensor> data) : Poutine
{
    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is not (SiteKind.Latent or SiteKind.Observed) || !data.TryGetValue(message.Name, out var value))
            return;
        if (message.Kind == SiteKind.Observed)
            throw new ModelException(message.Name,
                $"The site '{message.Name}' is conditioned on a value and has one already. Condition a latent site, and each one once.");
        message.Kind = SiteKind.Observed;
        message.Value = value;
    }
}
