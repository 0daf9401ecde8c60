using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Gives latent sites and parameters values by name. They stay what they are: a site is scored as a latent one, a parameter is not trained. Those that have
/// no value here make their own.
/// </summary>
public sealed class SubstitutePoutine : Poutine
{
    private readonly GivenValues _given;

    /// <summary>Gives tensors.</summary>
    /// <param name="data">The values by name.</param>
    public SubstitutePoutine(IReadOnlyDictionary<string, Tensor> data) => _given = new GivenValues(data);

    /// <summary>Gives tensors, and values of any type to the sites that are over such.</summary>
    /// <param name="data">The values by name.</param>
    public SubstitutePoutine(IReadOnlyDictionary<string, object> data) => _given = new GivenValues(data);

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is SiteKind.Latent or SiteKind.Param && message.Value is null && _given.TryGet(in message, out var value))
            message.Value = value;
    }
}
