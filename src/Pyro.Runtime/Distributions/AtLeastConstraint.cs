using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The numbers from a bound that is a tensor.</summary>
internal sealed class AtLeastConstraint(Tensor lower) : Constraint(nameof(Constraints.AtLeast), "the numbers from its lower bound", 0, false)
{
    public override Tensor Check(Tensor value) => value.ge(lower).logical_and(value.lt(double.PositiveInfinity));

    public override Bijector TransformTo() => new Compose(Exp.Instance, new Affine(lower, 1));
}
