using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="ASGD"/> for a parameter.</summary>
public sealed record ASGDOptions : OptimOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>How fast the parameter and the learning rate decay.</summary>
    public double Lambd { get; init; } = 1e-4;

    /// <summary>The power by which the learning rate decays.</summary>
    public double Alpha { get; init; } = 0.75;

    /// <summary>After how many steps averaging begins; infinity for never.</summary>
    public double T0 { get; init; } = 1e6;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <inheritdoc/>
    protected internal override void Check()
    {
        Allowed.NotNegative(LearningRate, "lr");
        Allowed.NotNegative(Lambd, "lambd");
        Allowed.NotNegative(Alpha, "alpha");
        Allowed.Require(T0 >= 0, T0, "t0", "from 0 on");
        Allowed.NotNegative(WeightDecay, "weightDecay");
    }
}

/// <summary>
/// Averaged stochastic gradient descent (Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", 1992), as PyTorch has it: the parameter is
/// the iterate, and <see cref="AverageOf"/> gives the average.
/// </summary>
public sealed class ASGD : PyroOptim<ASGDOptions>
{
    private static readonly StateSlot[] s_slots = [new("average")];

    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="lambd">How fast the parameter and the learning rate decay.</param>
    /// <param name="alpha">The power by which the learning rate decays.</param>
    /// <param name="t0">After how many steps averaging begins; infinity for never.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    /// <param name="maximize">Whether to climb instead of descending.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public ASGD(double lr = 1e-2, double lambd = 1e-4, double alpha = 0.75, double t0 = 1e6, double weightDecay = 0, bool maximize = false)
        : base(new ASGDOptions { LearningRate = lr, Lambd = lambd, Alpha = alpha, T0 = t0, WeightDecay = weightDecay, Maximize = maximize })
    {
    }

    /// <summary>Creates an optimizer with options for each parameter.</summary>
    /// <param name="options">Gives the options of a parameter, by its name, module and tags; asked at its first step, and again when its tags have changed.</param>
    public ASGD(Func<StoredParam, ASGDOptions> options) : base(options)
    {
    }

    /// <inheritdoc/>
    protected override string Kind => "ASGD";

    /// <inheritdoc/>
    protected override IReadOnlyList<StateSlot> Slots => s_slots;

    /// <summary>
    /// The average of a parameter's iterates, taken where they are unconstrained, as a value inside the constraint. Until averaging begins it is the last iterate.
    /// Not to be called while another thread steps.
    /// </summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The average, of the value's shape, detached from gradients, in the present dispose scope.</returns>
    /// <exception cref="ModelException">The parameter has had no step.</exception>
    public Tensor AverageOf(StoredParam parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (Present(parameter) is not { } state)
            throw new ModelException(parameter.Name, $"There is no average of the parameter '{parameter.Name}': it has had no step of this optimizer.");
        using var noGrad = no_grad();
        return parameter.Constraint.TransformTo().Forward(state.Get("average", parameter.Unconstrained).clone());
    }

    /// <inheritdoc/>
    protected override void Change(ASGDOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        // The rate that the step before has left, and how many iterates the average has had.
        var earlier = state.Steps - 1;
        var rate = earlier == 0 ? options.LearningRate : options.LearningRate / Math.Pow(1 + options.Lambd * options.LearningRate * earlier, options.Alpha);
        var weight = 1 / Math.Max(1, earlier - options.T0);
        Apply(new AsgdUpdate(rate * factor, options.Lambd, weight, options.WeightDecay, options.Maximize), leaf, gradient, state.Get("average", leaf));
    }
}
