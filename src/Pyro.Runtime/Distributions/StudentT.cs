using Pyro.Kernels;
using Pyro.Kernels.Densities;
using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// Student's t distribution: log p(x) = ln Γ((ν + 1)/2) − ln Γ(ν/2) − ½ ln(πν) − ln σ − ½(ν + 1) ln(1 + ((x − μ)/σ)²/ν). Support: the finite
/// numbers. Mean μ for ν > 1 and none below; variance σ²ν/(ν − 2) for ν > 2, infinite for ν > 1 and none below.
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true)]
public sealed class StudentT : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">The degrees of freedom; positive.</param>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public StudentT(
        [Domain(nameof(Constraints.Positive))] TensorArg df,
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg sigma,
        bool reparameterized = true)
        : this(TensorArg.Resolve(df, mu, sigma), reparameterized)
    {
    }

    private StudentT((Tensor Df, Tensor Mu, Tensor Sigma) p, bool reparameterized)
        : base(Broadcast(nameof(StudentT), p.Df, p.Mu, p.Sigma), eventRank: 0, reparameterized) => (Df, Mu, Sigma) = p;

    /// <summary>The degrees of freedom; positive.</summary>
    public Tensor Df { get; }

    /// <summary>The location.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Sigma { get; }

    /// <inheritdoc/>
    public override string Name => nameof(StudentT);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
    [
        new("df", Df, Constraints.Positive),
        new("mu", Mu, Constraints.Real),
        new("sigma", Sigma, Constraints.Positive),
    ];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Where(Df.gt(1), Mu, double.NaN).expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar
    {
        get
        {
            var heavy = Where(Df.gt(1), Df.new_full([], double.PositiveInfinity), double.NaN);
            return where(Df.gt(2), Sigma.square() * Df / (Df - 2), heavy).expand(Shape);
        }
    }

    /// <inheritdoc/>
    public override Tensor Entropy()
    {
        var half = Df / 2;
        return (Sigma.log() + (half + 0.5) * Stirling.HalfStepSlope(half) + 0.25 / half - Stirling.HalfStep(half) + (0.5 + Logs.HalfTwoPi)).expand(Shape);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Df, Sigma, (x, df, sigma) => Scalars.Of<StudentLower>(df, (x - Exactly.Wide(Mu)) / sigma));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Df, Sigma, (p, df, sigma) => Exactly.Wide(Mu) + sigma * Scalars.Of<StudentQuantile>(df, p));

    /// <inheritdoc/>
    protected internal override Tensor Leading => Df;

    private static Tensor LogProbOf(Tensor x, Tensor df, Tensor mu, Tensor sigma) => Fused<StudentTDensity>.LogProb(x, df, mu, sigma);

    private static Tensor LogPdfOf(Tensor x, Tensor df, Tensor mu, Tensor sigma) => Fused<StudentTDensity>.LogPdf(x, df, mu, sigma);

    private static Tensor SampleOf(Tensor df, Tensor mu, Tensor sigma, Generator? generator)
    {
        var shape = Broadcast(nameof(StudentT), df, mu, sigma);
        var mixing = Noise.OverGamma((df / 2).expand(shape), df / 2, generator);
        return Noise.Finite(mu + sigma * Noise.Normal(shape, mu, generator) * mixing.sqrt());
    }

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="df">The degrees of freedom; positive.</param>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg df, TensorArg mu, TensorArg sigma)
    {
        var (first, second, third) = TensorArg.Resolve(df, mu, sigma);
        return LogProbOf(x, first, second, third);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="df">The degrees of freedom; positive.</param>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg df, TensorArg mu, TensorArg sigma)
    {
        var (first, second, third) = TensorArg.Resolve(df, mu, sigma);
        return LogPdfOf(x, first, second, third);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="df">The degrees of freedom; positive.</param>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg df, TensorArg mu, TensorArg sigma, Generator? generator = null)
    {
        var (first, second, third) = TensorArg.Resolve(df, mu, sigma);
        return SampleOf(first, second, third, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Df, Mu, Sigma);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<StudentTDensity>.Reduce(in reduction, x, Df, Mu, Sigma);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new StudentT((expansion.Of(Df), expansion.Of(Mu), expansion.Of(Sigma)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Df, Mu, Sigma, generator);
}
