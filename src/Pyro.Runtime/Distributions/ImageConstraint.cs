using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>What maps make of a set: the values whose way back stays in the range of each map and ends in the set.</summary>
internal sealed class ImageConstraint : Constraint
{
    private const int Doublings = 40;

    private readonly Constraint _source;
    private readonly Bijector[] _maps;
    private readonly bool _mayLeave;

    /// <summary>What maps make of a set: all reals where each of them keeps those.</summary>
    public static Constraint Of(Constraint source, Bijector[] maps)
    {
        if (maps.Length == 0)
            return source;
        return ReferenceEquals(source, Constraints.Real) && Array.TrueForAll(maps, map => ReferenceEquals(map.Range, Constraints.Real))
            ? Constraints.Real
            : new ImageConstraint(source, maps, Math.Max(source.EventRank, maps.Max(map => map.EventRank)));
    }

    private ImageConstraint(Constraint source, Bijector[] maps, int eventRank)
        : base("Image", $"the values mapped from {source.Description}", eventRank, false) =>
        (_source, _maps, _mayLeave) = (source, maps, MayLeave(source, maps));

    public override Tensor Check(Tensor value)
    {
        Tensor? inside = null;
        for (var i = _maps.Length - 1; i >= 0; i--)
        {
            var map = _maps[i];
            inside = And(inside, map.Range, value);
            value = map.Inverse(value);
        }
        return And(inside, _source, value);
    }

    // Rounding after a map onto a set may leave the set: 3 + exp(−40) is 3.
    internal override Tensor Settle(Tensor value)
    {
        if (!_mayLeave)
            return value;
        using var scope = NewDisposeScope();
        Tensor place;
        using (no_grad())
        {
            var inside = Whole(Check(value));
            if (inside.all().Number<bool>())
                return value;
            place = value;
            var middle = Example(value);
            var digit = value.dtype == ScalarType.Float64 ? 2.220446049250313e-16 : 1.1920929e-7;
            var distance = middle - value;
            var direction = middle / (EventRank == 0 ? middle.abs() : middle.abs().amax(EventRank == 1 ? [-1L] : [-2L, -1L], keepdim: true));
            for (var k = 0; k < Doublings && !inside.all().Number<bool>(); k++)
            {
                // Towards the middle of the set, number by number; and along it, which an ordered vector's steps grow by.
                var step = Math.ScaleB(digit, k);
                Try(value + distance.sign() * minimum(distance.abs(), value.abs() * step));
                Try(_maps[^1].Range.Settle(Constraints.Real.Settle(value + direction * (value.abs() * step))));
            }

            void Try(Tensor next)
            {
                var found = Whole(Check(next)).logical_and(inside.logical_not());
                place = where(found, next, place);
                inside = inside.logical_or(found);
            }
        }
        return scope.MoveToOuter(Moved.To(value, place));
    }

    internal override Tensor Example(Tensor like)
    {
        var shape = like.Sizes();
        for (var i = _maps.Length - 1; i >= 0; i--)
            shape = _maps[i].InverseShape(shape);
        var value = _source.Example(like.new_zeros(shape));
        foreach (var map in _maps)
            value = map.Forward(value);
        return value;
    }

    private Tensor Whole(Tensor check)
    {
        for (var rank = 0; rank < EventRank; rank++)
            check = check.unsqueeze(-1);
        return check;
    }

    public override Bijector TransformTo() => new Compose([_source.TransformTo(), .. _maps]);

    private Tensor And(Tensor? inside, Constraint set, Tensor value)
    {
        var check = set.Check(value);
        for (var rank = set.EventRank; rank < EventRank; rank++)
            check = check.all(-1);
        return inside is null ? check : inside.logical_and(check);
    }

    // Whether what the last map makes may be outside: where it has a set of its own, and no other set is to be kept, it is not. No flow is inverted to find out.
    private static bool MayLeave(Constraint source, Bijector[] maps)
    {
        var first = ReferenceEquals(source, Constraints.Real) ? Array.FindIndex(maps, map => !ReferenceEquals(map.Range, Constraints.Real)) : -1;
        return first != maps.Length - 1 && !Array.Exists(maps[(first + 1)..], map => map is Flow);
    }
}
