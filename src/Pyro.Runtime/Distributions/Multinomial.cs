using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// How often each of K outcomes comes up in n draws: log p(x) = ln n! − Σ ln xₖ! + Σ xₖ ln pₖ. Support: rows of integers from 0 that add up to n.
/// Mean np, variance np(1 − p). Not reparameterised.
/// </summary>
public sealed class Multinomial : Distribution
{
    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="n">The number of draws, one for each row; an integer from 0.</param>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the shapes do not fit.</exception>
    public Multinomial(TensorArg n, TensorArg? ps = null, TensorArg? logits = null)
        : this(Probabilities.Of(nameof(Multinomial), ps, logits), n)
    {
    }

    private Multinomial(Probabilities probabilities, TensorArg n)
        : this(probabilities, n.Like(probabilities.Given))
    {
    }

    private Multinomial(Probabilities probabilities, Tensor n)
        : base([.. Broadcast(nameof(Multinomial), n, probabilities.Given.select(-1, 0)), probabilities.Count], eventRank: 1, reparameterized: false) =>
        (_probabilities, N) = (probabilities, n);

    /// <summary>The number of draws, one for each row.</summary>
    public Tensor N { get; }

    /// <summary>The probabilities, along the last dimension.</summary>
    public Tensor Ps => _probabilities.Ps;

    /// <summary>The logarithms of the probabilities.</summary>
    public Tensor Logits => _probabilities.Logits;

    /// <inheritdoc/>
    public override string Name => nameof(Multinomial);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Counts(N);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("n", N, Constraints.NonNegativeInteger), _probabilities.Parameter];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => N.unsqueeze(-1) * Ps;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => N.unsqueeze(-1) * Ps * (1 - Ps);

    /// <inheritdoc/>
    protected internal override Tensor Leading => _probabilities.Given;

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var inside = Support.Check(x);
        var y = Safe(x, inside.unsqueeze(-1), 0);
        return Restrict((N + 1).lgamma() - (y + 1).lgamma().sum(-1) + _probabilities.LogPower(y), inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Multinomial(_probabilities.With(expansion), expansion.Of(N));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        // One binomial draw an outcome, of what the outcomes before it have left: so each row has its own n.
        var ps = Ps.expand(Shape);
        var left = N.expand(LogProbShape);
        var mass = ps.select(-1, 0).ones_like();
        var counts = new List<Tensor>();
        for (var k = 0; k < _probabilities.Count - 1; k++)
        {
            var share = ps.select(-1, k);
            var count = binomial(left, (share / OpenUnit.Clamp(mass)).clamp(0.0, 1.0), generator);
            counts.Add(count);
            left = left - count;
            mass = mass - share;
        }
        counts.Add(left);
        return stack(counts, -1);
    }
}
