using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="SGD"/> for a parameter.</summary>
public sealed record SGDOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How slowly the direction forgets: 0 for not remembering any.</summary>
    public double Momentum { get; init; }

    /// <summary>How much less a new gradient counts in the direction.</summary>
    public double Dampening { get; init; }

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the gradient is thought of as taken after the momentum's step.</summary>
    public bool Nesterov { get; init; }
}

/// <summary>Stochastic gradient descent, with momentum where it is asked for.</summary>
public sealed class SGD : PyroOptim<SGDOptions>
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">How slowly the direction forgets: 0 for not remembering any.</param>
    /// <param name="dampening">How much less a new gradient counts in the direction.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="nesterov">Whether the gradient is thought of as taken after the momentum's step.</param>
    public SGD(double lr = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : this(new SGDOptions { LearningRate = lr, Momentum = momentum, Dampening = dampening, WeightDecay = weightDecay, Nesterov = nesterov })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
    public SGD(Func<StoredParam, SGDOptions> options) : base(options)
    {
    }

    private SGD(SGDOptions options) : base(_ => options)
    {
    }

    /// <inheritdoc/>
    protected override void Change(SGDOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var momentum = options.Momentum == 0 ? null : state.Get("momentum", leaf);
        var weight = state.Steps == 1 ? 1 : 1 - options.Dampening;
        Apply(new SgdUpdate(options.LearningRate * factor, options.Momentum, weight, options.WeightDecay, options.Nesterov, maximize: false), leaf, gradient, momentum);
    }
}
