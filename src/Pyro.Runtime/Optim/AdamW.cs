using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Adam whose weight decay shrinks the parameter itself (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).</summary>
/// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
public sealed class AdamW(Func<StoredParam, AdamOptions> options) : PyroOptim<AdamOptions>(parameter => options(parameter).Check<AdamOptions>())
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="betas">How slowly the means of the gradient and of its square forget; (0.9, 0.999) when not given.</param>
    /// <param name="eps">What is added to the divisor.</param>
    /// <param name="weightDecay">What share of the parameter, times the learning rate, is taken off in each step.</param>
    public AdamW(double lr = 1e-3, (double Beta1, double Beta2)? betas = null, double eps = 1e-8, double weightDecay = 1e-2)
        : this(_ => new AdamOptions { LearningRate = lr, Betas = betas ?? (0.9, 0.999), Eps = eps, WeightDecay = weightDecay })
    {
    }

    /// <inheritdoc/>
    protected override void Change(AdamOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rate = options.LearningRate * factor;
        Adam.Apply(options with { WeightDecay = 0 }, rate, leaf, gradient, state, shrink: 1 - rate * options.WeightDecay);
    }
}
