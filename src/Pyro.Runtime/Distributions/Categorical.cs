using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// One of K outcomes with probabilities p, as the number of the outcome: log p(x) = ln pₓ. Support: the integers from 0 to K − 1.
/// Samples are of integers (Int64) and have the parameter's shape without its last dimension. Not reparameterised; enumerable.
/// See <see cref="OneHotCategorical"/> for outcomes as one-hot rows.
/// </summary>
public sealed class Categorical : Distribution
{
    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both are given or none is, or there is no dimension for the outcomes.</exception>
    public Categorical(TensorArg? ps = null, TensorArg? logits = null)
        : this(Probabilities.Of(nameof(Categorical), ps, logits))
    {
    }

    private Categorical(Probabilities probabilities)
        : base(probabilities.Given.shape[..^1], eventRank: 0, reparameterized: false) => _probabilities = probabilities;

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
    public override Tensor EnumerateSupport() => EnumerateIntegers(_probabilities.Count, ScalarType.Int64);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var inside = Support.Check(x);
        return Restrict(_probabilities.LogOf(_probabilities.Selected(Safe(x, inside, 0))), inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Categorical(_probabilities.With(expansion));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => _probabilities.Draw(generator);
}
