using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Rows of integers from 0 that add up to a number.</summary>
internal sealed class CountsConstraint(Tensor total)
    : Constraint(nameof(Constraints.Counts), "the rows of integers from 0 that add up to the number of draws", 1, true)
{
    public override Tensor Check(Tensor value) => Constraints.NonNegativeInteger.Check(value).all(-1).logical_and(value.sum(-1).eq(total));
}
