using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// A one-hot draw made continuous: softmax((ln p + G)/T) with Gumbel noise G (Maddison, Mnih and Teh, "The concrete distribution", 2017):
/// log p(x) = ln (K − 1)! + (K − 1) ln T + Σ (ln pₖ − (T + 1) ln xₖ) − K ln Σ pₖ xₖ⁻ᵀ. Support: the simplex, along the last dimension.
/// </summary>
[Family(nameof(Constraints.Simplex), EventRank = 1, Reparameterized = true)]
public sealed class RelaxedOneHotCategorical : Distribution
{
    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="temperature">The temperature, one number; positive. Towards 0 draws become one-hot.</param>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the temperature is not one number.</exception>
    public RelaxedOneHotCategorical(
        [Domain(nameof(Constraints.Positive))] TensorArg temperature,
        [Domain(nameof(Constraints.Simplex))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null,
        bool reparameterized = true)
        : this(Probabilities.Of(nameof(RelaxedOneHotCategorical), ps, logits), temperature, reparameterized)
    {
    }

    private RelaxedOneHotCategorical(Probabilities probabilities, TensorArg temperature, bool reparameterized)
        : this(probabilities, temperature.Like(probabilities.Given), reparameterized)
    {
    }

    private RelaxedOneHotCategorical(Probabilities probabilities, Tensor temperature, bool reparameterized)
        : base(probabilities.Given.Sizes(), eventRank: 1, reparameterized)
    {
        if (temperature.numel() != 1)
            throw new ArgumentException($"The temperature has shape {Shapes.Format(temperature.Sizes())}; give one number.", nameof(temperature));
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

    /// <summary>The log density, row by row; −∞ outside the support.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="temperature">The temperature, one number; positive.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg temperature, TensorArg? ps, TensorArg? logits = null)
    {
        var probabilities = Probabilities.Of(nameof(RelaxedOneHotCategorical), ps, logits);
        return LogProb(x, temperature.Like(probabilities.Given), probabilities);
    }

    /// <summary>The log density, summed over everything: a 0-dim tensor.</summary>
    /// <param name="x">The rows.</param>
    /// <param name="temperature">The temperature, one number; positive.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg temperature, TensorArg? ps, TensorArg? logits = null) => LogProb(x, temperature, ps, logits).sum();

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="temperature">The temperature, one number; positive.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg temperature, TensorArg? ps, TensorArg? logits = null, Generator? generator = null)
    {
        var probabilities = Probabilities.Of(nameof(RelaxedOneHotCategorical), ps, logits);
        return Sample(temperature.Like(probabilities.Given), probabilities, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, Temperature, _probabilities);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new RelaxedOneHotCategorical(_probabilities.With(expansion), Temperature, Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(Temperature, _probabilities, generator);

    private static Tensor LogProb(Tensor x, Tensor temperature, in Probabilities probabilities)
    {
        // Where an outcome is impossible, all draws lie on the simplex's edge.
        var logits = probabilities.FiniteLogits;
        var inside = Constraints.Simplex.Check(x).logical_and(x.gt(0).all(-1)).logical_and(logits.gt(Probabilities.Impossible).all(-1));
        var logs = Safe(x, inside.unsqueeze(-1), 0.5).log();
        var count = probabilities.Count;
        var score = logits - temperature * logs;
        var factorial = temperature.new_full([], (double)count).lgamma();
        return Restrict(factorial + (count - 1) * temperature.log() + (score - logs).sum(-1) - count * score.logsumexp(-1), inside);
    }

    private static Tensor Sample(Tensor temperature, in Probabilities probabilities, Generator? generator)
    {
        var gumbel = -(-Noise.OpenUniform(probabilities.Given.Sizes(), probabilities.Given, generator).log()).log();
        return Noise.Positive(((probabilities.FiniteLogits + gumbel) / temperature).softmax(-1));
    }
}
