using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Rows with one 1 and zeros elsewhere.</summary>
internal sealed class OneHotConstraint() : Constraint(nameof(Constraints.OneHot), "the rows with one 1 and zeros elsewhere", 1, true)
{
    public override Tensor Check(Tensor value) => Constraints.Boolean.Check(value).all(-1).logical_and(value.sum(-1).eq(1));
}
