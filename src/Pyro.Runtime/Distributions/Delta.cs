using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// All mass on one value: log p(x) = 0 at x = v and −∞ elsewhere. In a guide, a point estimate. Reparameterised: gradients flow into v; enumerable.
/// </summary>
[Family(Reparameterized = true, Enumerable = true)]
public sealed class Delta : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="v">The value.</param>
    public Delta([Domain(nameof(Constraints.Real))] TensorArg v) : this(v.Resolve())
    {
    }

    private Delta(Tensor v) : base(v.Sizes(), eventRank: 0, reparameterized: true) => V = v;

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

    /// <summary>The log density, element by element: 0 at the value, −∞ elsewhere.</summary>
    /// <param name="x">The values.</param>
    /// <param name="v">The value that has all mass.</param>
    public static Tensor LogProb(Tensor x, TensorArg v) => Fused<DeltaDensity>.LogProb(x, v.Resolve());

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="v">The value that has all mass.</param>
    public static Tensor LogPdf(Tensor x, TensorArg v) => Fused<DeltaDensity>.LogPdf(x, v.Resolve());

    /// <summary>The value.</summary>
    /// <param name="v">The value that has all mass.</param>
    /// <param name="generator">The random numbers, of which it takes none.</param>
    public static Tensor Sample(TensorArg v, Generator? generator = null) => v.Resolve();

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, V);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<DeltaDensity>.Reduce(in reduction, x, V);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Delta(expansion.Of(V));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => V;
}
