using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Adamax"/> for a parameter.</summary>
public sealed record AdamaxOptions : OptimOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>How slowly the mean of the gradient and its largest size forget; each from 0 to below 1.</summary>
    public (double Beta1, double Beta2) Betas { get; init; } = (0.9, 0.999);

    /// <summary>What is added to the divisor.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.Betas(Betas);
        Allowed.NotNegative(Eps, "eps");
        Allowed.NotNegative(WeightDecay, "weightDecay");
    }
}

/// <summary>Adam with the largest recent gradient in place of the root mean square (Kingma and Ba, "Adam: a method for stochastic optimization", section 7).</summary>
public sealed class Adamax : PyroOptim<AdamaxOptions>
{
    private static readonly StateSlot[] s_slots = [new("mean"), new("largest", IsNotNegative: true)];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the mean of the gradient and its largest size forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adamax(double lr = 2e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0, bool maximize = false)
        : base(new AdamaxOptions { LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay, Maximize = maximize })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public Adamax(Func<StoredParam, AdamaxOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "Adamax";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <inheritdoc/>
    protected override void Change(AdamaxOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rate = options.LearningRate * factor / (1 - Math.Pow(options.Betas.Beta1, state.Steps));
        Apply(new AdamaxUpdate(rate, options.Betas.Beta1, options.Betas.Beta2, options.Eps, options.WeightDecay, options.Maximize), leaf, gradient,
            state.Get("mean", leaf), state.Get("largest", leaf));
    }
}
