using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="AdamW"/> for a parameter: those of <see cref="Adam"/>, with a weight decay of 0.01 where none is given.</summary>
public sealed record AdamWOptions : AdamOptions
{
    /// <summary>Creates the options.</summary>
    public AdamWOptions() => WeightDecay = 1e-2;
}

/// <summary>Adam whose weight decay shrinks the parameter itself (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).</summary>
public sealed class AdamW : PyroOptim<AdamWOptions>
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the means of the gradient and of its square forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">What share of the parameter, times the learning rate, is taken off in each step.</param>
    /// <param name="amsgrad">Whether the largest mean square so far divides (Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018).</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public AdamW(
        double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 1e-2, bool amsgrad = false, bool maximize = false)
        : base(new AdamWOptions
        {
            LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay, Amsgrad = amsgrad, Maximize = maximize,
        })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public AdamW(Func<StoredParam, AdamWOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => AdamState.Kind;

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => AdamState.Slots;

    /// <inheritdoc/>
    protected override void Change(AdamWOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rate = options.LearningRate * factor;
        Apply(AdamState.Update(options, state.Steps, rate, weightDecay: 0, shrink: 1 - rate * options.WeightDecay), leaf, gradient,
            AdamState.Mean(state, leaf), AdamState.Square(state, leaf), AdamState.Largest(options, state, leaf));
    }
}
