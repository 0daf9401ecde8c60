using System.Runtime.CompilerServices;
using Pyro.Distributions.Transforms;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of y = f(x) where x follows another distribution and f is a bijector: log p(y) = log p(x) − log |det dy/dx| at x = f⁻¹(y). Support: what f
/// makes of the other support. Reparameterised where the other is. A sample remembers where it came from as long as it lives, so scoring it inverts nothing.
/// </summary>
public sealed class TransformedDistribution : Distribution
{
    private readonly Bijector[] _maps;
    private readonly Compose _map;
    private readonly ConditionalWeakTable<Tensor, Tensor> _sources = [];

    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution of x; continuous.</param>
    /// <param name="maps">The maps, first to last.</param>
    /// <exception cref="ArgumentException">The distribution is discrete, has fewer dimensions than a map needs, or a map's parameters are larger.</exception>
    public TransformedDistribution(Distribution source, params Bijector[] maps)
        : base(ShapeOf(source, maps), RankOf(source, maps), source.Reparameterized)
    {
        Source = source;
        _maps = [.. maps];
        _map = new Compose(_maps);
        Support = maps.Length == 0 ? source.Support : new ImageConstraint(source.Support, _maps);
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

    private int Extra => EventRank - Source.EventRank;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        // A sample's own source; it may be gone with the scope it was drawn in.
        if (_sources.TryGetValue(x, out var remembered) && !remembered.IsInvalid)
            return Score(remembered, x);
        var inside = Support.Check(x);
        if (EventRank == 0)
        {
            // Values outside are replaced by one inside, so that no gradient is NaN.
            using var noGrad = no_grad();
            var middle = _map.Forward(Source.Support.TransformTo().Forward(x.detach().zeros_like()));
            x = Safe(x, inside, middle);
        }
        return Restrict(Score(_map.Inverse(x), x), inside);
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
        var x = Source.Sample(generator);
        var y = _map.Forward(x);
        _sources.AddOrUpdate(y, x);
        return y;
    }

    private Tensor Score(Tensor x, Tensor y)
    {
        var density = Source.LogDensity(x);
        for (var i = 0; i < Extra; i++)
            density = density.sum(-1);
        var volume = _map.LogDetJacobian(x, y);
        for (var i = _map.EventRank; i < EventRank; i++)
            volume = volume.sum(-1);
        return density - volume;
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
