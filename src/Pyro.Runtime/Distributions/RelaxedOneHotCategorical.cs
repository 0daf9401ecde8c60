using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// A one-hot draw made continuous: softmax((ln p + G)/T) with Gumbel noise G (Maddison, Mnih and Teh, "The concrete distribution", 2017):
/// log p(x) = ln (K − 1)! + (K − 1) ln T + Σ (ln pₖ − (T + 1) ln xₖ) − K ln Σ pₖ xₖ⁻ᵀ. Support: the simplex, along the last dimension.
/// </summary>
public sealed class RelaxedOneHotCategorical : Distribution
{
    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="temperature">The temperature, one number; positive. Towards 0 draws become one-hot.</param>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the temperature is not one number.</exception>
    public RelaxedOneHotCategorical(TensorArg temperature, TensorArg? ps = null, TensorArg? logits = null, bool reparameterized = true)
        : this(Probabilities.Of(nameof(RelaxedOneHotCategorical), ps, logits), temperature, reparameterized)
    {
    }

    private RelaxedOneHotCategorical(Probabilities probabilities, TensorArg temperature, bool reparameterized)
        : this(probabilities, temperature.Like(probabilities.Given), reparameterized)
    {
    }

    private RelaxedOneHotCategorical(Probabilities probabilities, Tensor temperature, bool reparameterized)
        : base(probabilities.Given.shape, eventRank: 1, reparameterized)
    {
        if (temperature.numel() != 1)
            throw new ArgumentException($"The temperature has shape {Shapes.Format(temperature.shape)}; give one number.", nameof(temperature));
        _probabilities = probabilities;
        Temperature = temperature.dim() == 0 ? temperature : temperature.reshape([]);
    }

    /// <summary>The temperature.</summary>
    public Tensor Temperature { get; }

    /// <summary>The probabilities, along the last dimension.</summary>
    public Tensor Ps => _probabilities.Ps;

    /// <summary>The logarithms of the probabilities.</summary>
    public Tensor Logits => _probabilities.Logits;

    /// <inheritdoc/>
    public override string Name => nameof(RelaxedOneHotCategorical);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Simplex;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("temperature", Temperature, Constraints.Positive), _probabilities.Parameter];

    /// <inheritdoc/>
    protected internal override Tensor Leading => _probabilities.Given;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var inside = Support.Check(x).logical_and(x.gt(0).all(-1));
        var logs = Safe(x, inside.unsqueeze(-1), 0.5).log();
        var count = _probabilities.Count;
        var score = Logits - Temperature * logs;
        var factorial = Temperature.new_full([], (double)count).lgamma();
        return Restrict(factorial + (count - 1) * Temperature.log() + (score - logs).sum(-1) - count * score.logsumexp(-1), inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new RelaxedOneHotCategorical(_probabilities.With(expansion), Temperature, Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        var gumbel = -(-Noise.OpenUniform(Shape, Leading, generator).log()).log();
        return Noise.Positive(((Logits + gumbel) / Temperature).softmax(-1));
    }
}
