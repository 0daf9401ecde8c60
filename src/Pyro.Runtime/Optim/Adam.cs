using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015).</summary>
public sealed class Adam : PyroOptim<AdamOptions>
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the means of the gradient and of its square forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="amsgrad">Whether the largest mean square so far divides (Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018).</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(
        double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0, bool amsgrad = false, bool maximize = false)
        : base(new AdamOptions
        {
            LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay, Amsgrad = amsgrad, Maximize = maximize,
        })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public Adam(Func<StoredParam, AdamOptions> options) : base(options)
    {
    }

    /// <summary>
    /// The learning rate that all parameters have, which may be changed between steps; NaN where each has its own. One that was set is saved with the state, so that
    /// a run that goes on from a checkpoint goes on with it; where none was set, a load brings back the one that the optimizer was made with.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or NaN.</exception>
    /// <exception cref="InvalidOperationException">Each parameter has its own.</exception>
    public double LearningRate
    {
        get => Common is null ? double.NaN : double.IsNaN(ChangedRate) ? Common.LearningRate : ChangedRate;
        set
        {
            if (Common is null)
                throw new InvalidOperationException($"Each parameter has the learning rate that the function of this {nameof(Adam)} gives: change it there, and call {nameof(Clear)}, or give a {nameof(Schedule)}.");
            Allowed.NotNegative(value, nameof(LearningRate));
            ChangedRate = value;
        }
    }

    private protected override double ChangedRate { get; set; } = double.NaN;

    /// <inheritdoc/>
    protected override string Kind => AdamState.Kind;

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => AdamState.Slots;

    /// <inheritdoc/>
    protected override void Change(AdamOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor) => Apply(
        AdamState.Update(options, state.Steps, (Common is null ? options.LearningRate : LearningRate) * factor, options.WeightDecay), leaf, gradient,
        AdamState.Mean(state, leaf), AdamState.Square(state, leaf), AdamState.Largest(options, state, leaf));
}
