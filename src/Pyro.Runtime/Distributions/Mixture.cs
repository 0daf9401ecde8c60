using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// One of K components of a family, chosen with given probabilities: log p(x) = ln Σ wₖ pₖ(x). The components lie along the last dimension of the
/// component distribution's log density. Not reparameterised; enumerable where the components are.
/// </summary>
public sealed class Mixture : Distribution
{
    private readonly Probabilities _weights;
    private readonly Distribution _components;

    /// <summary>Creates the distribution.</summary>
    /// <param name="components">The components, along the last dimension before the family's own event.</param>
    /// <param name="ps">The components' probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the numbers of components differ.</exception>
    public Mixture(Distribution components, TensorArg? ps = null, TensorArg? logits = null)
        : this(components, Probabilities.Of(nameof(Mixture), ps, logits))
    {
    }

    private Mixture(Distribution components, Probabilities weights)
        : base(ShapeOf(components, weights), components.EventRank, reparameterized: false) => (_components, _weights) = (components, weights);

    /// <summary>The components' probabilities, along the last dimension.</summary>
    public Tensor Ps => _weights.Ps;

    /// <inheritdoc/>
    public override string Name => $"{nameof(Mixture)} of {_components.Name}";

    /// <inheritdoc/>
    public override bool Enumerable => _components.Enumerable && _components.Support.IsDiscrete;

    /// <inheritdoc/>
    public override Constraint Support => _components.Support is IntervalConstraint fixedEnds ? fixedEnds : new AnyConstraint(_components.Support, Axis);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [_weights.Parameter, .. _components.Parameters];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Average(_components.AnalyticMean);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Average(_components.AnalyticVar + (_components.AnalyticMean - AnalyticMean.unsqueeze(Axis)).square());

    /// <inheritdoc/>
    protected internal override Tensor Leading => _components.Leading;

    /// <inheritdoc/>
    protected internal override bool EventIsOfParameters => true;

    private int Axis => -1 - EventRank;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport()
    {
        if (!Enumerable)
            return base.EnumerateSupport();

        // All components go through the same values.
        var values = _components.EnumerateSupport().select(Axis, 0);
        var own = values.Sizes();
        long[] column = [own[0], .. System.Linq.Enumerable.Repeat(1L, 1 + Shape.Length - own.Length), .. own.AsSpan(1)];
        return values.reshape(column).expand([own[0], .. Shape]);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => _weights.LogMixture(_components.LogDensity(x.unsqueeze(Axis)));

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Mixture(_components.With(expansion.Before([_weights.Count])), _weights.With(expansion));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        // One draw of each component, of which the chosen one is kept.
        long[] rows = [.. LogProbShape, _weights.Count];
        var chosen = Probabilities.Of(nameof(Mixture), Ps.expand(rows), null).Draw(generator).unsqueeze(-1).eq(arange(_weights.Count, ScalarType.Int64, Leading.device));
        for (var i = 0; i < EventRank; i++)
            chosen = chosen.unsqueeze(-1);
        var draws = _components.Expand(rows).Sample(generator);
        return Where(chosen, draws, 0).sum(Axis);
    }

    private static long[] ShapeOf(Distribution components, Probabilities weights)
    {
        var own = components.LogProbShape;
        if (own.Length == 0 || own[^1] != weights.Count)
            throw new ArgumentException(
                $"A mixture has {weights.Count} weights, and components of shape {Shapes.Format(own)}. " +
                "Give the components a last dimension of that size.");
        var batch = Shapes.Broadcast(own[..^1], weights.Given.Sizes()[..^1]) ?? throw new ArgumentException(
            $"A mixture has weights of shape {Shapes.Format(weights.Given.Sizes())} and components of shape {Shapes.Format(own)}, which do not broadcast.");
        return [.. batch, .. components.Shape.AsSpan(own.Length)];
    }

    private Tensor Average(Tensor values)
    {
        var weights = Ps;
        for (var i = 0; i < EventRank; i++)
            weights = weights.unsqueeze(-1);
        return (weights * values).sum(Axis);
    }
}
