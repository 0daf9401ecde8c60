using Pyro.Kernels;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// One of K outcomes with probabilities p, as a row with one 1 and K − 1 zeros: log p(x) = Σ xₖ ln pₖ. Mean p, variance p(1 − p).
/// Not reparameterised; enumerable.
/// </summary>
[Family(nameof(Constraints.OneHot), EventRank = 1, Enumerable = true)]
public sealed class OneHotCategorical : Distribution
{
    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both are given or none is, or there is no dimension for the outcomes.</exception>
    public OneHotCategorical(
        [Domain(nameof(Constraints.Simplex))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null)
        : this(Probabilities.Of(nameof(OneHotCategorical), ps, logits))
    {
    }

    private OneHotCategorical(Probabilities probabilities)
        : base(probabilities.Given.Sizes(), eventRank: 1, reparameterized: false) => _probabilities = probabilities;

    /// <summary>The probabilities, along the last dimension.</summary>
    public Tensor Ps => _probabilities.Ps;

    /// <summary>The logarithms of the probabilities.</summary>
    public Tensor Logits => _probabilities.Logits;

    /// <inheritdoc/>
    public override string Name => nameof(OneHotCategorical);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.OneHot;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [_probabilities.Parameter];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Ps;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Ps * (1 - Ps);

    /// <inheritdoc/>
    protected internal override Tensor Leading => _probabilities.Given;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport()
    {
        var count = _probabilities.Count;
        long[] shape = [count, .. System.Linq.Enumerable.Repeat(1L, Shape.Length - 1), count];
        return eye(count, dtype: Leading.dtype, device: Leading.device).reshape(shape).expand([count, .. Shape]);
    }

    /// <summary>The log density, row by row; −∞ outside the support.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg? ps, TensorArg? logits = null) =>
        Probabilities.Of(nameof(OneHotCategorical), ps, logits).LogCategorical<ByRow>(x, new Reduction(Reduction.All));

    /// <summary>The log density, summed over everything: a 0-dim tensor.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg? ps, TensorArg? logits = null) =>
        Probabilities.Of(nameof(OneHotCategorical), ps, logits).LogCategorical<ByRow>(x, new Reduction(0));

    /// <summary>Draws a sample.</summary>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg? ps, TensorArg? logits = null, Generator? generator = null)
    {
        var probabilities = Probabilities.Of(nameof(OneHotCategorical), ps, logits);
        return probabilities.OneHot(probabilities.Draw(generator));
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => _probabilities.LogCategorical<ByRow>(x, new Reduction(Reduction.All));

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => _probabilities.LogCategorical<ByRow>(x, in reduction);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new OneHotCategorical(_probabilities.With(expansion));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => _probabilities.OneHot(_probabilities.Draw(generator));
}
