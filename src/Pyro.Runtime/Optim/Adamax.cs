using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Adam with the largest recent gradient in place of the root mean square (Kingma and Ba, "Adam: a method for stochastic optimization", section 7).</summary>
/// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
public sealed class Adamax(Func<StoredParam, AdamOptions> options) : PyroOptim<AdamOptions>(parameter => options(parameter).Check<AdamOptions>())
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the mean of the gradient and its largest size forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    public Adamax(double lr = 2e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 0)
        : this(_ => new AdamOptions { LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay })
    {
    }

    /// <inheritdoc/>
    protected override void Change(AdamOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rate = options.LearningRate * factor / (1 - Math.Pow(options.Betas.Beta1, state.Steps));
        Apply(new AdamaxUpdate(rate, options.Betas.Beta1, options.Betas.Beta2, options.Eps, options.WeightDecay), leaf, gradient,
            state.Get("mean", leaf), state.Get("largest", leaf));
    }
}
