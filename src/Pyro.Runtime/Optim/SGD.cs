using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="SGD"/> for a parameter.</summary>
public sealed record SGDOptions : OptimOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How slowly the direction forgets: 0 for not remembering any.</summary>
    public double Momentum { get; init; }

    /// <summary>How much less a new gradient counts in the direction than the first.</summary>
    public double Dampening { get; init; }

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the gradient is thought of as taken after the momentum's step; with a momentum, and without dampening.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.NotNegative(Momentum, "momentum");
        Allowed.Finite(Dampening, "dampening");
        Allowed.NotNegative(WeightDecay, "weightDecay");
        Allowed.Require(!Nesterov || Momentum > 0, Momentum, "momentum", "above 0 with nesterov");
        Allowed.Require(!Nesterov || Dampening == 0, Dampening, "dampening", "0 with nesterov");
    }
}

/// <summary>Stochastic gradient descent, with momentum where it is asked for.</summary>
public sealed class SGD : PyroOptim<SGDOptions>
{
    private static readonly StateSlot[] s_slots = [new("momentum", IsOptional: true)];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">How slowly the direction forgets: 0 for not remembering any.</param>
    /// <param name="dampening">How much less a new gradient counts in the direction than the first.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="nesterov">Whether the gradient is thought of as taken after the momentum's step; with a momentum, and without dampening.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public SGD(double lr = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false, bool maximize = false)
        : base(new SGDOptions { LearningRate = lr, Momentum = momentum, Dampening = dampening, WeightDecay = weightDecay, Nesterov = nesterov, Maximize = maximize })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public SGD(Func<StoredParam, SGDOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "SGD";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <inheritdoc/>
    protected override void Change(SGDOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        // The first gradient of a direction counts in full: also where the steps before had none.
        var weight = state.Has("momentum") ? 1 - options.Dampening : 1;
        var momentum = options.Momentum == 0 ? null : state.Get("momentum", leaf);
        Apply(new SgdUpdate(options.LearningRate * factor, options.Momentum, weight, options.WeightDecay, options.Nesterov, options.Maximize), leaf, gradient, momentum);
    }
}
