using Pyro.Kernels;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// One of K outcomes with probabilities p, as the number of the outcome: log p(x) = ln pₓ. Support: the integers from 0 to K − 1.
/// Samples are of integers (Int64) and have the parameter's shape without its last dimension. Not reparameterised; enumerable.
/// See <see cref="OneHotCategorical"/> for outcomes as one-hot rows.
/// </summary>
[Family(nameof(Constraints.IntegersBelow), Enumerable = true)]
public sealed class Categorical : Distribution
{
    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both are given or none is, or there is no dimension for the outcomes.</exception>
    public Categorical(
        [Domain(nameof(Constraints.Simplex))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null)
        : this(Probabilities.Of(nameof(Categorical), ps, logits))
    {
    }

    private Categorical(Probabilities probabilities)
        : base(probabilities.Given.Sizes()[..^1], eventRank: 0, reparameterized: false) => _probabilities = probabilities;

    /// <summary>The probabilities, along the last dimension.</summary>
    public Tensor Ps => _probabilities.Ps;

    /// <summary>The logarithms of the probabilities.</summary>
    public Tensor Logits => _probabilities.Logits;

    /// <inheritdoc/>
    public override string Name => nameof(Categorical);

    /// <inheritdoc/>
    public override bool Enumerable => true;

    /// <inheritdoc/>
    public override Constraint Support => Constraints.IntegersBelow(_probabilities.Count);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [_probabilities.Parameter];

    /// <inheritdoc/>
    protected internal override Tensor Leading => _probabilities.Given;

    /// <inheritdoc/>
    protected internal override bool EventIsOfParameters => true;

    /// <inheritdoc/>
    public override Tensor EnumerateSupport() => EnumerateIntegers(_probabilities.Count, ScalarType.Int64);

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The numbers of the outcomes.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg? ps, TensorArg? logits = null) =>
        Probabilities.Of(nameof(Categorical), ps, logits).LogCategorical<ByIndex>(x, new Reduction(Reduction.All));

    /// <summary>The log density, summed over everything: a 0-dim tensor.</summary>
    /// <param name="x">The numbers of the outcomes.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg? ps, TensorArg? logits = null) =>
        Probabilities.Of(nameof(Categorical), ps, logits).LogCategorical<ByIndex>(x, new Reduction(0));

    /// <summary>Draws a sample.</summary>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg? ps, TensorArg? logits = null, Generator? generator = null) =>
        Probabilities.Of(nameof(Categorical), ps, logits).Draw(generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => _probabilities.LogCategorical<ByIndex>(x, new Reduction(Reduction.All));

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => _probabilities.LogCategorical<ByIndex>(x, in reduction);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Categorical(_probabilities.With(expansion));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => _probabilities.Draw(generator);
}
