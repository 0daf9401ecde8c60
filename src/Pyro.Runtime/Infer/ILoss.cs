using Pyro.Params;
using Pyro.Programs;

namespace Pyro.Infer;

/// <summary>What stochastic variational inference makes small.</summary>
public interface ILoss
{
    /// <summary>An estimate of the loss.</summary>
    /// <typeparam name="TArgs">The programs' arguments.</typeparam>
    /// <param name="context">The run.</param>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide.</param>
    /// <param name="args">The arguments of both.</param>
    double Loss<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args);

    /// <summary>An estimate of the loss, and of its gradient in the parameters.</summary>
    /// <typeparam name="TArgs">The programs' arguments.</typeparam>
    /// <param name="context">The run.</param>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide.</param>
    /// <param name="args">The arguments of both.</param>
    /// <param name="trained">Takes the parameters that are trained; add each before its gradient is computed.</param>
    double LossAndGrads<TArgs>(RunContext context, Program<TArgs> model, Program<TArgs> guide, TArgs args, ParamSet trained);
}
