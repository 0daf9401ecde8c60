using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Adadelta"/> for a parameter.</summary>
public sealed record AdadeltaOptions
{
    /// <summary>What the step is multiplied with.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>How slowly the means of squares forget.</summary>
    public double Rho { get; init; } = 0.9;

    /// <summary>What is added under the roots.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }
}

/// <summary>Adadelta (Zeiler, "ADADELTA: an adaptive learning rate method", 2012).</summary>
/// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
public sealed class Adadelta(Func<StoredParam, AdadeltaOptions> options) : PyroOptim<AdadeltaOptions>(options)
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">What the step is multiplied with.</param>
    /// <param name="rho">How slowly the means of squares forget.</param>
    /// <param name="eps">What is added under the roots.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    public Adadelta(double lr = 1, double rho = 0.9, double eps = 1e-6, double weightDecay = 0)
        : this(_ => new AdadeltaOptions { LearningRate = lr, Rho = rho, Eps = eps, WeightDecay = weightDecay })
    {
    }

    /// <inheritdoc/>
    protected override void Change(AdadeltaOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor) => Apply(
        new AdadeltaUpdate(options.LearningRate * factor, options.Rho, options.Eps, options.WeightDecay, maximize: false), leaf, gradient,
        state.Get("square", leaf), state.Get("moved", leaf));
}
