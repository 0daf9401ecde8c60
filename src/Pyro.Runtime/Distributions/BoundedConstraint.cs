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
        (false, null) => new Onto(lower, null, this),
        (false, _) => new Onto(lower, upper, this),
    };

    internal override Tensor Settle(Tensor value)
    {
        using var scope = NewDisposeScope();
        Tensor place;
        using (no_grad())
        {
            // Strictly inside, also where the bounds belong to the set: a map from all reals reaches no end.
            var infinity = value.new_full([], double.PositiveInfinity);
            place = maximum(value, lower.to_type(value.dtype).nextafter(infinity));
            place = minimum(place, (upper?.to_type(value.dtype) ?? infinity).nextafter(-infinity));
            if (place.eq(value).logical_or(value.isnan()).all().Number<bool>())
                return value;
        }
        return scope.MoveToOuter(Moved.To(value, place));
    }
}
