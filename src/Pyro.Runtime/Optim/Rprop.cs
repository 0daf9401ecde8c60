using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Rprop"/> for a parameter.</summary>
public sealed record RpropOptions
{
    /// <summary>The first step.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>What a step is multiplied with when the gradient turns round, and when it does not.</summary>
    public (double Minus, double Plus) Etas { get; init; } = (0.5, 1.2);

    /// <summary>The smallest and the largest step.</summary>
    public (double Least, double Most) StepSizes { get; init; } = (1e-6, 50);
}

/// <summary>Resilient backpropagation (Riedmiller and Braun, 1993), as PyTorch has it: only the gradient's signs count. Not for noisy losses.</summary>
/// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
public sealed class Rprop(Func<StoredParam, RpropOptions> options) : PyroOptim<RpropOptions>(options)
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The first step.</param>
    public Rprop(double lr = 1e-2) : this(_ => new RpropOptions { LearningRate = lr })
    {
    }

    /// <inheritdoc/>
    protected override void Change(RpropOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        // The step sizes grow and shrink by themselves: the factor counts for the first.
        var size = state.Get("size", leaf, options.LearningRate * factor);
        var rule = new RpropUpdate(options.Etas.Minus, options.Etas.Plus, options.StepSizes.Least, options.StepSizes.Most, maximize: false);
        Apply(rule, leaf, gradient, state.Get("gradient", leaf), size);
    }
}
