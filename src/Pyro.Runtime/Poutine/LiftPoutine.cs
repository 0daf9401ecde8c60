using Pyro.Distributions;
using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Poutines;

/// <summary>
/// Makes parameters latent sites with a prior. The store is not changed. A parameter that a run meets more than once is one site, with one value. The shape is the
/// stored parameter's, or that of the initial value, whose function is called for it.
/// </summary>
public sealed class LiftPoutine : Poutine
{
    private readonly Func<string, Distribution?> _prior;
    private readonly bool _asks;

    /// <summary>One prior for all parameters. Where it is smaller than a parameter, it is repeated to the parameter's shape.</summary>
    /// <param name="prior">The prior.</param>
    public LiftPoutine(Distribution prior) => _prior = _ => prior;

    /// <summary>A prior for each parameter that a dictionary has: under its name, or under the part of it that follows the module's.</summary>
    /// <param name="priors">The priors; parameters without one stay parameters.</param>
    public LiftPoutine(IReadOnlyDictionary<string, Distribution> priors) => _prior = name =>
        priors.TryGetValue(name, out var prior) || priors.TryGetValue(InModule(name), out prior) ? prior : null;

    /// <summary>A prior for each parameter that a function gives one for.</summary>
    /// <param name="prior">
    /// Gives the prior of a parameter by its name; null to leave it a parameter. It may have parameters and sites of its own, as a guide's prior has: this handler and those
    /// inside of it do not see them, and those outside do.
    /// </param>
    public LiftPoutine(Func<string, Distribution?> prior) => (_prior, _asks) = (prior, true);

    /// <inheritdoc/>
    public override bool TakesFamily(Site family) => true;

    /// <inheritdoc/>
    public override void Before(ref Message message)
    {
        if (message.Kind != SiteKind.Param || message.Value is not null)
            return;
        if (message.Context.Recall(this, message.Name) is { } drawn)
        {
            message.Value = drawn;
            message.LiftedBy = this;
            message.Stop = true;
            return;
        }
        if (PriorOf(in message) is not { } prior)
            return;
        message.Kind = SiteKind.Latent;
        message.LiftedBy = this;
        message.Distribution = Shape(in message) is { } shape ? Fitted(message.Name, prior, shape) : prior;
        // A parameter is one for the whole program, also where it is written inside a plate.
        message.LeavePlates();
    }

    /// <inheritdoc/>
    public override void After(ref Message message)
    {
        if (message.LiftedBy == this)
            message.Context.Remember(this, message.Name, message.Value!);
    }

    // What the function asks for is asked outside of this handler: or it would ask for the priors of the prior's parameters, without end.
    private Distribution? PriorOf(in Message message)
    {
        if (!_asks)
            return _prior(message.Name);
        using (message.Context.StepOutside())
            return _prior(message.Name);
    }

    private static string InModule(string name) =>
        name.LastIndexOf(ModuleParameters.Separator, StringComparison.Ordinal) is >= 0 and var end ? name[(end + ModuleParameters.Separator.Length)..] : name;

    /// <summary>The parameter's shape; null where nobody knows it yet.</summary>
    private static long[]? Shape(in Message message)
    {
        if (message.Adopted is null && message.Context.Store.TryGet(message.Name, out var stored))
            return stored.Shape;
        using var scope = NewDisposeScope();
        return message.Initial.Shape ?? message.Initial.Create()?.Sizes();
    }

    private static Distribution Fitted(string name, Distribution prior, long[] shape)
    {
        if (prior.Shape.AsSpan().SequenceEqual(shape))
            return prior;
        if (prior.Accepts(shape))
            return prior.Expand(shape[..^prior.EventRank]);
        throw new ModelException(name,
            $"The parameter '{name}' has shape {Shapes.Format(shape)} and a prior of shape {Shapes.Format(prior.Shape)}, {prior.Name}, which cannot be repeated to it. " +
            "Give it one of its own shape, or one that broadcasts to it.");
    }
}
