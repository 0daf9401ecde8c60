using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>Makes latent sites observed, with given values.</summary>
public sealed class ConditionPoutine : Poutine
{
    private readonly GivenValues _given;
    private readonly bool _areOfRun;

    /// <summary>Gives tensors.</summary>
    /// <param name="data">The values by name.</param>
    public ConditionPoutine(IReadOnlyDictionary<string, Tensor> data) => _given = new GivenValues(data);

    /// <summary>Gives tensors, and values of any type to the sites that are over such.</summary>
    /// <param name="data">The values by name. Those of a run, in a program's generated class of values, leave the sites that are observed already as they are.</param>
    public ConditionPoutine(IReadOnlyDictionary<string, object> data)
    {
        _given = new GivenValues(data);
        _areOfRun = data is SiteValues;
    }

    /// <summary>Gives the values that a run had. The sites that are observed already keep their data.</summary>
    /// <param name="trace">The run; only its latent and observed sites count.</param>
    public ConditionPoutine(Trace trace)
    {
        _given = new GivenValues(trace.Where(site => site.IsStochastic).ToDictionary(site => site.Name, site => site.Value!));
        _areOfRun = true;
    }

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind is not (SiteKind.Latent or SiteKind.Observed) || !_given.TryGet(in message, out var value))
            return;
        // A run has its data under the names of its observed sites.
        if (message.Kind == SiteKind.Observed && _areOfRun)
            return;
        if (message.Kind == SiteKind.Observed)
            throw new ModelException(message.Name,
                $"The site '{message.Name}' is conditioned on a value and has one already. Condition a latent site, and each one once.");
        message.Kind = SiteKind.Observed;
        message.Value = value;
    }
}
