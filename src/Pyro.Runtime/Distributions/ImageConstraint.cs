using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>What maps make of a set: the values whose way back stays in the range of each map and ends in the set.</summary>
internal sealed class ImageConstraint : Constraint
{
    private readonly Constraint _source;
    private readonly Bijector[] _maps;

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
        : base("Image", $"the values mapped from {source.Description}", eventRank, false) => (_source, _maps) = (source, maps);

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

    public override Bijector TransformTo() => new Compose([_source.TransformTo(), .. _maps]);

    private Tensor And(Tensor? inside, Constraint set, Tensor value)
    {
        var check = set.Check(value);
        for (var rank = set.EventRank; rank < EventRank; rank++)
            check = check.all(-1);
        return inside is null ? check : inside.logical_and(check);
    }
}
