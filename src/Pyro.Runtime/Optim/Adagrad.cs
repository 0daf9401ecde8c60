using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Adagrad"/> for a parameter.</summary>
public sealed record AdagradOptions : OptimOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>How much the learning rate falls with the steps: it is divided by 1 + (steps − 1) times this.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What the sum of squares starts with.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>What is added to the divisor.</summary>
    public double Eps { get; init; } = 1e-10;

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.NotNegative(LearningRateDecay, "lrDecay");
        Allowed.NotNegative(WeightDecay, "weightDecay");
        Allowed.NotNegative(InitialAccumulator, "initialAccumulator");
        Allowed.NotNegative(Eps, "eps");
    }
}

/// <summary>Adagrad (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011).</summary>
public sealed class Adagrad : PyroOptim<AdagradOptions>
{
    private static readonly StateSlot[] s_slots = [new("sum", IsNotNegative: true)];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="lrDecay">How much the learning rate falls with the steps.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="initialAccumulator">What the sums of squares start with.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adagrad(double lr = 1e-2, double lrDecay = 0, double weightDecay = 0, double initialAccumulator = 0, double eps = 1e-10, bool maximize = false)
        : base(new AdagradOptions
        {
            LearningRate = lr, LearningRateDecay = lrDecay, WeightDecay = weightDecay, InitialAccumulator = initialAccumulator, Eps = eps, Maximize = maximize,
        })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public Adagrad(Func<StoredParam, AdagradOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "Adagrad";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <inheritdoc/>
    protected override void Change(AdagradOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rate = options.LearningRate * factor / (1 + (state.Steps - 1) * options.LearningRateDecay);
        Apply(new AdagradUpdate(rate, options.Eps, options.WeightDecay, options.Maximize), leaf, gradient, state.Get("sum", leaf, options.InitialAccumulator));
    }
}
