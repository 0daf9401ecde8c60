using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>Options of <see cref="Adagrad"/> for a parameter.</summary>
public sealed record AdagradOptions
{
    /// <summary>The learning rate.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>How much the learning rate falls with the steps: it is divided by 1 + (steps − 1) times this.</summary>
    public double LearningRateDecay { get; init; }

    /// <summary>The weight of an L2 penalty on the unconstrained parameter.</summary>
    public double WeightDecay { get; init; }

    /// <summary>What the sum of squares starts with.</summary>
    public double InitialAccumulator { get; init; }

    /// <summary>What is added to the divisor.</summary>
    public double Eps { get; init; } = 1e-10;
}

/// <summary>Adagrad (Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic optimization", 2011).</summary>
/// <param name="options">Gives the options of a parameter, by its name, module and tags; called once for each.</param>
public sealed class Adagrad(Func<StoredParam, AdagradOptions> options) : PyroOptim<AdagradOptions>(options)
{
    /// <summary>Creates an optimizer with the same options for all parameters.</summary>
    /// <param name="lr">The learning rate.</param>
    /// <param name="lrDecay">How much the learning rate falls with the steps.</param>
    /// <param name="weightDecay">The weight of an L2 penalty on the unconstrained parameters.</param>
    public Adagrad(double lr = 1e-2, double lrDecay = 0, double weightDecay = 0)
        : this(_ => new AdagradOptions { LearningRate = lr, LearningRateDecay = lrDecay, WeightDecay = weightDecay })
    {
    }

    /// <inheritdoc/>
    protected override void Change(AdagradOptions options, Tensor leaf, Tensor gradient, OptimState state, double factor)
    {
        var rate = options.LearningRate * factor / (1 + (state.Steps - 1) * options.LearningRateDecay);
        Apply(new AdagradUpdate(rate, options.Eps, options.WeightDecay), leaf, gradient, state.Get("sum", leaf, options.InitialAccumulator));
    }
}
