using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Adadelta"/> for a parameter.</summary>
public sealed record AdadeltaOptions : OptimOptions
{
    /// <summary>What the step is multiplied with.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>How slowly the means of squares forget; from 0 to 1.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>What is added under the roots.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.Memory(Rho, "rho");
        Allowed.NotNegative(Eps, "eps");
        Allowed.NotNegative(WeightDecay, "weightDecay");
    }
}

/// <summary>Adadelta (Zeiler, "ADADELTA: an adaptive learning rate method", 2012).</summary>
public sealed class Adadelta : PyroOptim<AdadeltaOptions>
{
    private static readonly StateSlot[] s_slots = [new("square", IsNotNegative: true), new("moved", IsNotNegative: true)];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">What the step is multiplied with.</param>
    /// <param name="rho">How slowly the means of squares forget; from 0 to 1.</param>
    /// <param name="eps">What is added under the roots.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adadelta(double lr = 1, double rho = 0.9, double eps = 1e-6, double weightDecay = 0, bool maximize = false)
        : base(new AdadeltaOptions { LearningRate = lr, Rho = rho, Eps = eps, WeightDecay = weightDecay, Maximize = maximize })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public Adadelta(Func<StoredParam, AdadeltaOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "Adadelta";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <inheritdoc/>
    protected override void Change(AdadeltaOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor) => Apply(
        new AdadeltaUpdate(options.LearningRate * factor, options.Rho, options.Eps, options.WeightDecay, options.Maximize), leaf, gradient,
        state.Get("square", leaf), state.Get("moved", leaf));
}
