using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>Vectors of ascending numbers.</summary>
internal sealed class OrderedConstraint() : Constraint(nameof(Constraints.Ordered), "the vectors of ascending numbers", 1, false)
{
    public override Tensor Check(Tensor value) =>
        value.narrow(-1, 1, value.Sizes()[^1] - 1).gt(value.narrow(-1, 0, value.Sizes()[^1] - 1)).all(-1).logical_and(value.isfinite().all(-1));

    public override Bijector TransformTo() => Ordered.Instance;

    internal override Tensor Settle(Tensor value) => Ascending.Of(value);
}
