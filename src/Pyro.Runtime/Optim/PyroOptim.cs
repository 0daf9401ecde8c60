using Pyro.Params;

namespace Pyro.Optim;

/// <summary>
/// An optimizer of the parameters in a store. It keeps its state by parameter name, so parameters may appear while inference runs, and a store that is
/// loaded again meets the state it left.
/// </summary>
public abstract class PyroOptim
{
    /// <summary>Changes each parameter by its gradient. Either all change or, where a gradient is not finite, none does.</summary>
    /// <param name="parameters">The parameters; one without a gradient stays as it is.</param>
    /// <exception cref="ModelException">A gradient in host memory is not finite.</exception>
    public abstract void Step(ParamSet parameters);
}
