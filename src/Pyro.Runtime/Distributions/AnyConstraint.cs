using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The union of sets that lie along a dimension, such as the supports of a mixture's components.</summary>
/// <param name="parts">The sets.</param>
/// <param name="axis">The dimension of the parts, counted from the right of a value that has it.</param>
internal sealed class AnyConstraint(Constraint parts, int axis)
    : Constraint($"Any({parts.Name})", parts.Description, parts.EventRank, parts.IsDiscrete)
{
    public override Tensor Check(Tensor value) => parts.Check(value.unsqueeze(axis)).any(-1);

    internal override Tensor Example(Tensor like) => parts.Example(like.unsqueeze(axis)).select(axis, 0);
}
