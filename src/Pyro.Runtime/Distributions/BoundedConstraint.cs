using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The numbers, or the integers, between bounds that are tensors, such as parameters of a distribution.</summary>
/// <param name="name">The name.</param>
/// <param name="description">The set in words.</param>
/// <param name="lower">The lower bound.</param>
/// <param name="upper">The upper bound, which is inside; null for none.</param>
/// <param name="closed">Whether the lower bound is inside.</param>
/// <param name="integers">Whether only integers are.</param>
internal sealed class BoundedConstraint(string name, string description, Tensor lower, Tensor? upper, bool closed, bool integers)
    : Constraint(name, description, eventRank: 0, integers)
{
    public override Tensor Check(Tensor value)
    {
        var above = closed ? value.ge(lower) : value.gt(lower);
        var inside = above.logical_and(upper is null ? value.lt(double.PositiveInfinity) : value.le(upper));
        return IsDiscrete && value.is_floating_point() ? inside.logical_and(value.eq(value.floor())) : inside;
    }

    public override Bijector TransformTo() => (IsDiscrete, upper) switch
    {
        (true, _) => base.TransformTo(),
        (false, null) => new Compose(Exp.Instance, new Affine(lower, 1)),
        (false, _) => new Compose(Sigmoid.Instance, new Affine(lower, upper - lower)),
    };
}
