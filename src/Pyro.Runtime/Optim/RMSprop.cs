using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="RMSprop"/> for a parameter.</summary>
public sealed record RMSpropOptions : OptimOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>How slowly the mean of the gradient's square forgets; from 0 to 1.</summary>
    public double Alpha { get; init; } = 0.99;

    /// <summary>What is added to the divisor.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <summary>How slowly the direction forgets: 0 for not remembering any.</summary>
    public double Momentum { get; init; }

    /// <summary>Whether the divisor is the gradient's standard deviation instead of its root mean square.</summary>
    public bool Centered { get; init; }

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.Memory(Alpha, "alpha");
        Allowed.NotNegative(Eps, "eps");
        Allowed.NotNegative(WeightDecay, "weightDecay");
        Allowed.NotNegative(Momentum, "momentum");
    }
}

/// <summary>RMSprop (Hinton, lecture 6e of "Neural networks for machine learning", 2012), as PyTorch has it.</summary>
public sealed class RMSprop : PyroOptim<RMSpropOptions>
{
    private static readonly StateSlot[] s_slots = [new("square", IsNotNegative: true), new("mean", IsOptional: true), new("momentum", IsOptional: true)];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="alpha">How slowly the mean of the gradient's square forgets; from 0 to 1.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="momentum">How slowly the direction forgets: 0 for not remembering any.</param>
    /// <param name="centered">Whether the divisor is the gradient's standard deviation instead of its root mean square.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RMSprop(
        double lr = 1e-2, double alpha = 0.99, double eps = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : base(new RMSpropOptions
        {
            LearningRate = lr, Alpha = alpha, Eps = eps, WeightDecay = weightDecay, Momentum = momentum, Centered = centered, Maximize = maximize,
        })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public RMSprop(Func<StoredParam, RMSpropOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "RMSprop";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <inheritdoc/>
    protected override void Change(RMSpropOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rule = new RmsPropUpdate(
            options.LearningRate * factor, options.Alpha, options.Eps, options.WeightDecay, options.Momentum, options.Centered, options.Maximize);
        Apply(rule, leaf, gradient, state.Get("square", leaf), options.Centered ? state.Get("mean", leaf) : null,
            options.Momentum == 0 ? null : state.Get("momentum", leaf));
    }
}
