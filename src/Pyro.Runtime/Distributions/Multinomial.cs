using Pyro.Kernels;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// How often each of K outcomes comes up in n draws: log p(x) = ln n! − Σ ln xₖ! + Σ xₖ ln pₖ. Support: rows of integers from 0 that add up to n.
/// Mean np, variance np(1 − p). Not reparameterised; enumerable.
/// </summary>
[Family(nameof(Constraints.Counts), "n", EventRank = 1, Enumerable = true)]
public sealed class Multinomial : Distribution
{
    private const int MaxRows = 1_000_000;

    private readonly Probabilities _probabilities;

    /// <summary>Creates the distribution from probabilities or from their logarithms.</summary>
    /// <param name="n">The number of draws, one for each row; an integer from 0.</param>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given, or the shapes do not fit.</exception>
    public Multinomial(
        [Domain(nameof(Constraints.NonNegativeInteger))] TensorArg n,
        [Domain(nameof(Constraints.Simplex))] TensorArg? ps = null,
        [Domain(nameof(Constraints.Real))] TensorArg? logits = null)
        : this(Probabilities.Of(nameof(Multinomial), ps, logits), n)
    {
    }

    /// <summary>Creates the distribution in the order of Pyro 0.1's arguments.</summary>
    /// <param name="ps">The probabilities, along the last dimension; they add up to 1.</param>
    /// <param name="n">The number of draws, the same for each row.</param>
    public Multinomial([Domain(nameof(Constraints.Simplex))] Tensor ps, [Domain(nameof(Constraints.NonNegativeInteger))] long n)
        : this(n: (TensorArg)n, ps: (TensorArg)ps)
    {
    }

    private Multinomial(Probabilities probabilities, TensorArg n)
        : this(probabilities, n.Like(probabilities.Given))
    {
    }

    private Multinomial(Probabilities probabilities, Tensor n)
        : base([.. Rows(n, probabilities), probabilities.Count], eventRank: 1, reparameterized: false) =>
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
    public override bool Enumerable => true;

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

    /// <summary>All rows that add up to one of the numbers of draws; those with another sum than an element's own n have the density 0 there.</summary>
    /// <exception cref="NotSupportedException">There are more than a million.</exception>
    public override Tensor EnumerateSupport()
    {
        using var scope = NewDisposeScope();
        var rows = new List<double>();
        var row = new double[_probabilities.Count];
        foreach (var total in N.detach().to_type(ScalarType.Int64).Numbers<long>().Distinct())
            Divide(row, 0, total, rows);
        long[] column = [rows.Count / row.Length, .. System.Linq.Enumerable.Repeat(1L, Shape.Length - 1), row.Length];
        return scope.MoveToOuter(TensorNumbers.Of(rows.ToArray(), Leading.dtype, Leading.device).reshape(column).expand([column[0], .. Shape]));
    }

    /// <summary>The log density, row by row; −∞ outside the support.</summary>
    /// <param name="x">The rows of counts.</param>
    /// <param name="n">The number of draws, one for each row; an integer from 0.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogProb(Tensor x, TensorArg n, TensorArg? ps, TensorArg? logits = null)
    {
        var probabilities = Probabilities.Of(nameof(Multinomial), ps, logits);
        return probabilities.LogMultinomial(x, n.Like(probabilities.Given), new Reduction(Reduction.All));
    }

    /// <summary>The log density, summed over everything: a 0-dim tensor.</summary>
    /// <param name="x">The rows of counts.</param>
    /// <param name="n">The number of draws, one for each row; an integer from 0.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor LogPdf(Tensor x, TensorArg n, TensorArg? ps, TensorArg? logits = null) 
    {
        var probabilities = Probabilities.Of(nameof(Multinomial), ps, logits);
        return probabilities.LogMultinomial(x, n.Like(probabilities.Given), new Reduction(0));
    }

    /// <summary>Draws a sample.</summary>
    /// <param name="n">The number of draws, one for each row; an integer from 0.</param>
    /// <param name="ps">The probabilities, along the last dimension; null where logits are given.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">Both or none of ps and logits are given.</exception>
    public static Tensor Sample(TensorArg n, TensorArg? ps, TensorArg? logits = null, Generator? generator = null)
    {
        var probabilities = Probabilities.Of(nameof(Multinomial), ps, logits);
        return Sample(n.Like(probabilities.Given), probabilities, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => _probabilities.LogMultinomial(x, N, new Reduction(Reduction.All));

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => _probabilities.LogMultinomial(x, N, in reduction);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new Multinomial(_probabilities.With(expansion), expansion.Of(N));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(N, _probabilities, generator);

    private static Tensor Sample(Tensor n, in Probabilities probabilities, Generator? generator)
    {
        // One binomial draw an outcome, of what the outcomes before it have left: so each row has its own n. What probability is left is added up from the
        // end: where none follows, an outcome's share is 1 to the last digit, and no draw is left for those that are impossible.
        var rows = Rows(n, probabilities);
        var ps = probabilities.Wide.expand([.. rows, probabilities.Count]);
        var left = Exactly.Wide(n).expand(rows);
        var mass = ps.flip(-1).cumsum(-1).flip(-1);
        var counts = new List<Tensor>();
        for (var k = 0; k < probabilities.Count - 1; k++)
        {
            var share = ps.select(-1, k);
            var count = Noise.Binomial(left, (share / Noise.Positive(mass.select(-1, k))).clamp(0.0, 1.0), generator);
            counts.Add(count);
            left = left - count;
        }
        counts.Add(left);
        return stack(counts, -1).to_type(n.dtype);
    }

    private static long[] Rows(Tensor n, in Probabilities probabilities) => Broadcast(nameof(Multinomial), n, probabilities.Given.select(-1, 0));

    // Every way to divide what is left among the outcomes from one on.
    private void Divide(double[] row, int outcome, long left, List<double> rows)
    {
        if (outcome == row.Length - 1)
        {
            row[outcome] = left;
            rows.AddRange(row);
            if (rows.Count / row.Length > MaxRows)
                throw new NotSupportedException($"The support of {Name} has more than {MaxRows} rows. Draw it instead of enumerating it.");
            return;
        }
        for (var count = 0L; count <= left; count++)
        {
            row[outcome] = count;
            Divide(row, outcome + 1, left - count, rows);
        }
    }
}
