using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The uniform distribution: log p(x) = −ln(b − a). Support: the numbers from a to b, both included. Mean (a + b)/2, variance (b − a)²/12.
/// </summary>
[Family(nameof(Constraints.Between), "a", "b", Reparameterized = true)]
public sealed class Uniform : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="a">The lower end.</param>
    /// <param name="b">The upper end; above the lower one.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Uniform(
        [Domain(nameof(Constraints.Real))] TensorArg a,
        [Domain(nameof(Constraints.Above), "a")] TensorArg b,
        bool reparameterized = true)
        : this(TensorArg.Resolve(a, b), reparameterized)
    {
    }

    private Uniform((Tensor A, Tensor B) p, bool reparameterized)
        : base(Broadcast(nameof(Uniform), p.A, p.B), eventRank: 0, reparameterized) => (A, B) = p;

    /// <summary>The lower end.</summary>
    public Tensor A { get; }

    /// <summary>The upper end; above the lower one.</summary>
    public Tensor B { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Uniform);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Between(A, B);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("a", A, Constraints.Real), new("b", B, Constraints.Above(A))];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => (A + B) / 2;

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (B - A).square() / 12;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, A, B, (x, a, b) => ((x - a) / (b - a)).clamp(0, 1));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, A, B, (p, a, b) => a * (1 - p) + b * p);

    /// <inheritdoc/>
    public override Tensor Entropy() => (B - A).log();

    /// <inheritdoc/>
    protected internal override Tensor Leading => A;

    private static Tensor LogProbOf(Tensor x, Tensor a, Tensor b) => Fused<UniformDensity>.LogProb(x, a, b);

    private static Tensor LogPdfOf(Tensor x, Tensor a, Tensor b) => Fused<UniformDensity>.LogPdf(x, a, b);

    private static Tensor SampleOf(Tensor a, Tensor b, Generator? generator) =>
        Between(a, b, Noise.Uniform(Broadcast(nameof(Uniform), a, b), a, generator));

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="a">The lower end.</param>
    /// <param name="b">The upper end; above the lower one.</param>
    public static Tensor LogProb(Tensor x, TensorArg a, TensorArg b)
    {
        var (first, second) = TensorArg.Resolve(a, b);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="a">The lower end.</param>
    /// <param name="b">The upper end; above the lower one.</param>
    public static Tensor LogPdf(Tensor x, TensorArg a, TensorArg b)
    {
        var (first, second) = TensorArg.Resolve(a, b);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="a">The lower end.</param>
    /// <param name="b">The upper end; above the lower one.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg a, TensorArg b, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(a, b);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, A, B);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<UniformDensity>.Reduce(in reduction, x, A, B);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Uniform((expansion.Of(A), expansion.Of(B)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(A, B, generator);

    // b − a may be too large a number, and rounding must not pass an end.
    private static Tensor Between(Tensor a, Tensor b, Tensor share) => maximum(a, minimum(b, a * (1 - share) + b * share));
}
