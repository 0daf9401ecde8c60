using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Adam"/> for a parameter.</summary>
public record AdamOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How slowly the means of the gradient and of its square forget; each from 0 to below 1.</summary>
    public (double Beta1, double Beta2) Betas { get; init; } = (0.9, 0.999);

    /// <summary>What is added to the divisor.</summary>
    public double Eps { get; init; } = 1e-8;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    internal T Check<T>()
        where T : AdamOptions
    {
        ArgumentOutOfRangeException.ThrowIfNegative(LearningRate, "lr");
        ArgumentOutOfRangeException.ThrowIfNegative(Eps, "eps");
        ArgumentOutOfRangeException.ThrowIfNegative(WeightDecay, "weightDecay");
        if (Betas is not (>= 0 and < 1, >= 0 and < 1))
            throw new ArgumentOutOfRangeException("betas", Betas, "Each beta must be from 0 to below 1.");
        return (T)this;
    }
}

/// <summary>Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015).</summary>
public sealed class Adam : PyroOptim<AdamOptions>
{
    private readonly AdamOptions? _common;

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the means of the gradient and of its square forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0)
        : this(new AdamOptions { LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay }.Check<AdamOptions>())
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
    public Adam(Func<StoredParam, AdamOptions> options) : base(parameter => options(parameter).Check<AdamOptions>()) => LearningRate = double.NaN;

    private Adam(AdamOptions options) : base(_ => options)
    {
        _common = options;
        LearningRate = options.LearningRate;
    }

    /// <summary>The learning rate that all parameters have, which may be changed between steps; NaN where each has its own.</summary>
    public double LearningRate { get; set; }

    /// <inheritdoc/>
    protected override void Change(AdamOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor) =>
        Apply(options, (_common is null ? options.LearningRate : LearningRate) * factor, leaf, gradient, state);

    /// <summary>The step that Adam and its relatives have in common.</summary>
    internal static void Apply(AdamOptions options, double rate, Tensor leaf, Tensor gradient, OptimState state, double shrink = 1, double? eps = null) => Apply(
        AdamUpdate.Step(state.Steps, rate, options.Betas.Beta1, options.Betas.Beta2, eps ?? options.Eps, options.WeightDecay, shrink), leaf, gradient,
        state.Get("mean", leaf), state.Get("square", leaf));
}

/// <summary>Options of <see cref="ClippedAdam"/> for a parameter.</summary>
public sealed record ClippedAdamOptions : AdamOptions
{
    /// <summary>Each number of the gradient is brought into the interval from minus this to this.</summary>
    public double ClipNorm { get; init; } = 10;

    /// <summary>What the learning rate is multiplied with at each step, the first included.</summary>
    public double Lrd { get; init; } = 1;
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
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public ClippedAdam(
        double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0, double clipNorm = 10, double lrd = 1)
        : this(new ClippedAdamOptions
        {
            LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay, ClipNorm = clipNorm, Lrd = lrd,
        }.Check<ClippedAdamOptions>())
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
    public ClippedAdam(Func<StoredParam, ClippedAdamOptions> options) : base(parameter => options(parameter).Check<ClippedAdamOptions>())
    {
    }

    private ClippedAdam(ClippedAdamOptions options) : base(_ => options)
    {
    }

    /// <inheritdoc/>
    protected override void Change(ClippedAdamOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        // The reference adds epsilon to the root before its bias is corrected, and not after as Adam does: √(1 − β₂ᵗ) · m / (√v + ε).
        var eps = options.Eps / Math.Sqrt(1 - Math.Pow(options.Betas.Beta2, state.Steps));
        Adam.Apply(
            options, options.LearningRate * Math.Pow(options.Lrd, state.Steps) * factor, leaf, gradient.clamp(-options.ClipNorm, options.ClipNorm), state, eps: eps);
    }
}
