using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Makes latent sites observed, with given values.</summary>
public sealed class ConditionPoutine : Poutine
{
    private readonly GivenValues _given;

    /// <summary>Gives tensors.</summary>
    /// <param name="data">The values by name.</param>
    public ConditionPoutine(IReadOnlyDictionary<string, Tensor> data) => _given = new GivenValues(data);

    /// <summary>Gives tensors, and values of any type to the sites that are over such.</summary>
    /// <param name="data">The values by name.</param>
    public ConditionPoutine(IReadOnlyDictionary<string, object> data) => _given = new GivenValues(data);

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is not (SiteKind.Latent or SiteKind.Observed) || !_given.TryGet(in message, out var value))
            return;
        if (message.Kind == SiteKind.Observed)
            throw new ModelException(message.Name,
                $"The site '{message.Name}' is conditioned on a value and has one already. Condition a latent site, and each one once.");
        message.Kind = SiteKind.Observed;
        message.Value = value;
    }
}
