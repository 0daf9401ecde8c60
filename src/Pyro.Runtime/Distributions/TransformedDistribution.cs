using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of y = f(x) where x follows another distribution and f is a bijector: log p(y) = log p(x) − log |det dy/dx| at x = f⁻¹(y). Support: what f
/// makes of the other support. Reparameterised where the other is. A sample remembers what it was mapped from, as long as it lives
/// and the maps stay as they are: any distribution with the same last maps scores it from there, without what rounding took from the sample.
/// </summary>
public sealed class TransformedDistribution : Distribution
{
    private readonly Bijector[] _maps;

    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution of x; continuous.</param>
    /// <param name="maps">The maps, first to last.</param>
    /// <exception cref="ArgumentException">The distribution is discrete, has fewer dimensions than a map needs, or a map's parameters are larger.</exception>
    public TransformedDistribution(Distribution source, params Bijector[] maps)
        : base(ShapeOf(source, maps), RankOf(source, maps), source.Reparameterized)
    {
        Source = source;
        _maps = [.. new Compose(maps).Parts];
        Support = ImageConstraint.Of(source.Support, _maps);
    }

    /// <summary>The distribution of what is mapped.</summary>
    public Distribution Source { get; }

    /// <summary>The maps, first to last.</summary>
    public IReadOnlyList<Bijector> Maps => _maps;

    /// <inheritdoc/>
    public override string Name => $"{nameof(TransformedDistribution)} of {Source.Name}";

    /// <inheritdoc/>
    public override Constraint Support { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => Source.Parameters;

    /// <inheritdoc/>
    protected internal override Tensor Leading => Source.Leading;

    /// <inheritdoc/>
    protected internal override bool EventIsOfParameters => Source.EventIsOfParameters;

    private int Extra => EventRank - Source.EventRank;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        // What the sample was mapped from; it may be gone with the scope it was drawn in, or lead elsewhere since the maps have learned.
        if (Origin.Of(x)?.PathOf(_maps, out var known) is { } path && Recall(path, known) is { } recalled)
            return recalled;
        if (ReferenceEquals(Support, Constraints.Real))
        {
            // A number so far out that its way back has none (∞ − ∞) has no density.
            var density = Score(Back(x));
            return Restrict(density, density.isnan().logical_not());
        }
        // Values outside are replaced by one inside, so that no gradient is NaN.
        var inside = Support.Check(x);
        var whole = inside;
        for (var i = 0; i < EventRank; i++)
            whole = whole.unsqueeze(-1);
        return Restrict(Score(Back(Safe(x, whole, Middle(x)))), inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion)
    {
        var own = Source.LogProbShape;
        return new TransformedDistribution(Source.With(Extra == 0 ? expansion : expansion.Before(own.AsSpan(own.Length - Extra))), _maps);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        var path = new Tensor[_maps.Length + 1];
        path[0] = Source.Sample(generator);
        for (var i = 0; i < _maps.Length; i++)
            path[i + 1] = _maps[i].Forward(path[i]);
        var sample = Support.Settle(path[^1]);
        if (Array.TrueForAll(_maps, map => map.KeepsSource))
            Origin.Keep(sample, _maps, path);
        return sample;
    }

    private Tensor[] Back(Tensor y)
    {
        var path = new Tensor[_maps.Length + 1];
        path[^1] = y;
        for (var i = _maps.Length - 1; i >= 0; i--)
            path[i] = _maps[i].Inverse(path[i + 1]);
        return path;
    }

    private Tensor Middle(Tensor x)
    {
        using var noGrad = no_grad();
        return new Compose(_maps).Forward(Source.Support.Example(x.detach().new_zeros(EventRank == 0 ? x.Sizes() : Source.Shape)));
    }

    private Tensor Score(Tensor[] path)
    {
        var density = Summed(Source.LogDensity(path[0]), Source.EventRank);
        for (var i = 0; i < _maps.Length; i++)
            density = density - Summed(_maps[i].LogDetJacobian(path[i], path[i + 1]), _maps[i].EventRank);
        return density;
    }

    // Null where a step of the path is not what its map does any more. Of a path that does not go all the way back the steps before are inverted.
    private Tensor? Recall(Tensor[] path, int known)
    {
        for (var i = known - 1; i >= 0; i--)
            path[i] = _maps[i].Inverse(path[i + 1]);
        var density = Summed(Source.LogDensity(path[0]), Source.EventRank);
        for (var i = 0; i < _maps.Length; i++)
        {
            if ((i < known ? _maps[i].LogDetJacobian(path[i], path[i + 1]) : _maps[i].Recall(path[i], path[i + 1])) is not { } change)
                return null;
            density = density - Summed(change, _maps[i].EventRank);
        }
        return density;
    }

    private Tensor Summed(Tensor term, int rank)
    {
        for (; rank < EventRank; rank++)
            term = term.sum(-1);
        return term;
    }

    private static int RankOf(Distribution source, Bijector[] maps) => maps.Aggregate(source.EventRank, (rank, map) => Math.Max(rank, map.EventRank));

    private static long[] ShapeOf(Distribution source, Bijector[] maps)
    {
        if (source.Support.IsDiscrete)
            throw new ArgumentException($"{source.Name} is discrete: maps change no volume of it. Map its samples instead.", nameof(source));
        var rank = RankOf(source, maps);
        if (source.Shape.Length < rank)
            throw new ArgumentException(
                $"The maps act on the last {rank} dimensions, and {source.Name} has shape {Shapes.Format(source.Shape)}.", nameof(maps));
        var shape = new Compose(maps).ForwardShape(source.Shape);
        var batch = source.Shape.Length - rank;
        return shape.Length == source.Shape.Length && shape.AsSpan(0, batch).SequenceEqual(source.Shape.AsSpan(0, batch)) ? shape
            : throw new ArgumentException(
                $"{source.Name} has shape {Shapes.Format(source.Shape)} and the maps make {Shapes.Format(shape)} of it. Expand the distribution first.", nameof(source));
    }
}
