using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The beta distribution: log p(x) = (α − 1) ln x + (β − 1) ln(1 − x) − ln B(α, β). Support: the unit interval; samples lie strictly inside.
/// Mean α/(α + β), variance αβ/((α + β)²(α + β + 1)).
/// </summary>
public sealed class Beta : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="alpha">The weight of 1; positive.</param>
    /// <param name="beta">The weight of 0; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Beta(TensorArg alpha, TensorArg beta, bool reparameterized = true)
        : this(TensorArg.Resolve(alpha, beta), reparameterized)
    {
    }

    private Beta((Tensor A, Tensor B) p, bool reparameterized)
        : base(Broadcast(nameof(Beta), p.A, p.B), eventRank: 0, reparameterized) => (Concentration1, Concentration0) = p;

    /// <summary>α, the weight of 1.</summary>
    public Tensor Concentration1 { get; }

    /// <summary>β, the weight of 0.</summary>
    public Tensor Concentration0 { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Beta);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.UnitInterval;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("alpha", Concentration1, Constraints.Positive), new("beta", Concentration0, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Concentration1 / (Concentration1 + Concentration0);

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var total = Concentration1 + Concentration0;
            return Concentration1 * Concentration0 / (total.square() * (total + 1));
        }
    }

    /// <inheritdoc/>
    protected internal override Tensor Leading => Concentration1;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        // A value outside is moved to the middle before it meets a logarithm, so that neither the density nor its gradient is NaN.
        var inside = x.ge(0).logical_and(x.le(1));
        var y = where(inside, x, x.new_full([], 0.5));
        var density = (Concentration1 - 1).xlogy(y) + (Concentration0 - 1).xlogy(1 - y)
            + (Concentration1 + Concentration0).lgamma() - Concentration1.lgamma() - Concentration0.lgamma();
        return Restrict(density, inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Beta((expansion.Of(Concentration1), expansion.Of(Concentration0)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        var logs = Noise.LogGamma(stack([Concentration1.expand(Shape), Concentration0.expand(Shape)], 0), generator);
        return OpenUnit.Clamp((logs[0] - logs[1]).sigmoid());
    }
}
