using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="ClippedAdam"/> for a parameter.</summary>
public sealed record ClippedAdamOptions : AdamOptions
{
    /// <summary>Each number of the gradient is brought into the interval from minus this to this; above 0, and infinite for no limit.</summary>
    public double ClipNorm { get; init; } = 10;

    /// <summary>What the learning rate is multiplied with at each step, the first included; above 0.</summary>
    public double Lrd { get; init; } = 1;

    /// <inheritdoc/>
    protected internal override void Check()
    {
        base.Check();
        Allowed.Limit(ClipNorm, "clipNorm");
        Allowed.Positive(Lrd, "lrd");
    }
}

/// <summary>Adam with gradients clipped number by number and a learning rate that decays from step to step, as the reference has it.</summary>
public sealed class ClippedAdam : PyroOptim<ClippedAdamOptions>
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the means of the gradient and of its square forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="clipNorm">Each number of a gradient is brought into the interval from minus this to this.</param>
    /// <param name="lrd">What the learning rate is multiplied with at each step, the first included.</param>
    /// <param name="amsgrad">Whether the largest mean square so far divides (Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018).</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public ClippedAdam(
        double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0, double clipNorm = 10, double lrd = 1,
        bool amsgrad = false, bool maximize = false)
        : base(new ClippedAdamOptions
        {
            LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay, ClipNorm = clipNorm, Lrd = lrd, Amsgrad = amsgrad,
            Maximize = maximize,
        })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public ClippedAdam(Func<StoredParam, ClippedAdamOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => AdamState.Kind;

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => AdamState.Slots;

    /// <inheritdoc/>
    protected override void Change(ClippedAdamOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        // The reference adds epsilon to the root before its bias is corrected, and not after as Adam does: √(1 − β₂ᵗ) · m / (√v + ε).
        var eps = options.Eps / Math.Sqrt(1 - Math.Pow(options.Betas.Beta2, state.Steps));
        var rule = AdamState.Update(options, state.Steps, options.LearningRate * Math.Pow(options.Lrd, state.Steps) * factor, options.WeightDecay, eps: eps);
        Apply(new Clipped<AdamUpdate>(rule, options.ClipNorm), leaf, gradient,
            AdamState.Mean(state, leaf), AdamState.Square(state, leaf), AdamState.Largest(options, state, leaf));
    }
}
