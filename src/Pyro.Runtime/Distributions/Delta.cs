using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// All mass on one value: log p(x) = 0 at x = v and −∞ elsewhere. In a guide, a point estimate. Reparameterised: gradients flow into v; enumerable.
/// </summary>
public sealed class Delta : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="v">The value.</param>
    public Delta(TensorArg v) : this(v.Resolve())
    {
    }

    private Delta(Tensor v) : base(v.shape, eventRank: 0, reparameterized: true) => V = v;

    /// <summary>The value.</summary>
    public Tensor V { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Delta);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("v", V, Constraints.Real)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => V;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => V.zeros_like();

    /// <inheritdoc/>
    protected internal override Tensor Leading => V;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport() => V.unsqueeze(0);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var hit = x.eq(V);
        return Restrict(x.new_full([], 0), hit);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Delta(expansion.Of(V));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => V;
}
