using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Rprop"/> for a parameter.</summary>
public sealed record RpropOptions : OptimOptions
{
    /// <summary>The first step.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>What a step is multiplied with when the gradient turns round, between 0 and 1, and when it does not, above 1.</summary>
    public (double Minus, double Plus) Etas { get; init; } = (0.5, 1.2);

    /// <summary>The smallest and the largest step; the latter may be infinite.</summary>
    public (double Least, double Most) StepSizes { get; init; } = (1e-6, 50);

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.Require(Etas is (> 0 and < 1, > 1 and < double.PositiveInfinity), Etas, "etas", "a number between 0 and 1, and a finite one above 1");
        Allowed.Require(StepSizes.Least is >= 0 and < double.PositiveInfinity && StepSizes.Most >= StepSizes.Least, StepSizes, "stepSizes",
            "a finite number from 0 on, and one that is not smaller");
    }
}

/// <summary>Resilient backpropagation (Riedmiller and Braun, 1993), as PyTorch has it: only the gradient's signs count. Not for noisy losses.</summary>
public sealed class Rprop : PyroOptim<RpropOptions>
{
    private static readonly StateSlot[] s_slots = [new("size", IsNotNegative: true), new("gradient")];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The first step.</param>
    /// <param name="etas">What a step is multiplied with when the gradient turns round, and when it does not; (0.5, 1.2) when not given.</param>
    /// <param name="stepSizes">The smallest and the largest step; (1e-6, 50) when not given.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Rprop(double lr = 1e-2, (double Minus, double Plus)? etas = null, (double Least, double Most)? stepSizes = null, bool maximize = false)
        : base(new RpropOptions { LearningRate = lr, Etas = etas ?? (0.5, 1.2), StepSizes = stepSizes ?? (1e-6, 50), Maximize = maximize })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public Rprop(Func<StoredParam, RpropOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "Rprop";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <inheritdoc/>
    protected override void Change(RpropOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        // The step sizes grow and shrink by themselves: the factor counts for the first.
        var size = state.Get("size", leaf, options.LearningRate * factor);
        var rule = new RpropUpdate(options.Etas.Minus, options.Etas.Plus, options.StepSizes.Least, options.StepSizes.Most, options.Maximize);
        Apply(rule, leaf, gradient, state.Get("gradient", leaf), size);
    }
}
