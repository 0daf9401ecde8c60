using Pyro.Distributions;
using Pyro.Programs;

namespace Pyro.Poutines;

/// <summary>Makes parameters latent sites with a prior. The store is not touched.</summary>
public sealed class LiftPoutine : Poutine
{
    private readonly Func<string, Distribution?> _prior;

    /// <summary>One prior for all parameters. Where it is smaller than a parameter, it is repeated to the parameter's shape.</summary>
    /// <param name="prior">The prior.</param>
    public LiftPoutine(Distribution prior) => _prior = _ => prior;

    /// <summary>A prior for each parameter that a dictionary has: under its name, or under the part of it that follows the module's.</summary>
    /// <param name="priors">The priors; parameters without one stay parameters.</param>
    public LiftPoutine(IReadOnlyDictionary<string, Distribution> priors) => _prior = name =>
        priors.TryGetValue(name, out var prior) || priors.TryGetValue(InModule(name), out prior) ? prior : null;

    /// <summary>A prior for each parameter that a function gives one for.</summary>
    /// <param name="prior">Gives the prior of a parameter by its name; null to leave it a parameter.</param>
    public LiftPoutine(Func<string, Distribution?> prior) => _prior = prior;

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind != SiteKind.Param || message.Value is not null || _prior(message.Name) is not { } prior)
            return;
        message.Kind = SiteKind.Latent;
        message.Distribution = message.Initial.Shape is { } shape ? Fitted(prior, shape) : prior;
        // A parameter is one for the whole program, also where it is written inside a plate.
        message.LeavePlates();
    }

    private static string InModule(string name) =>
        name.LastIndexOf(ModuleParameters.Separator, StringComparison.Ordinal) is >= 0 and var end ? name[(end + ModuleParameters.Separator.Length)..] : name;

    private static Distribution Fitted(Distribution prior, long[] shape)
    {
        if (shape.Length < prior.EventRank)
            return prior;
        var batch = shape[..^prior.EventRank];
        return !batch.AsSpan().SequenceEqual(prior.LogProbShape) && Shapes.ExpandsTo(prior.LogProbShape, batch) ? prior.Expand(batch) : prior;
    }
}
