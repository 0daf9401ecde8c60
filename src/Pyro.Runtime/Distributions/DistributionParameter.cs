using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>One parameter of a distribution: its name, its value and its domain.</summary>
/// <param name="Name">The name, as the constructor has it.</param>
/// <param name="Value">The value.</param>
/// <param name="Constraint">Where the value must lie.</param>
public readonly record struct DistributionParameter(string Name, Tensor Value, Constraint Constraint);
