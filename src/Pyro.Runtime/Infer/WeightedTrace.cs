using Pyro.Traces;

namespace Pyro.Infer;

/// <summary>A run of a model, and how much it counts for.</summary>
/// <param name="Trace">The run.</param>
/// <param name="LogWeight">The logarithm of its weight, not normalised.</param>
public readonly record struct WeightedTrace(Trace Trace, double LogWeight);
