using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The Pareto distribution: log p(x) = ln α + α ln s − (α + 1) ln x. Support: the numbers from s. Mean αs/(α − 1) for α > 1, variance s²α/((α −
/// 1)²(α − 2)) for α > 2; infinite below.
/// </summary>
[Family(nameof(Constraints.AtLeast), "scale", Reparameterized = true)]
public sealed class Pareto : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">The lower end s; positive.</param>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public Pareto(
        [Domain(nameof(Constraints.Positive))] TensorArg scale,
        [Domain(nameof(Constraints.Positive))] TensorArg alpha,
        bool reparameterized = true)
        : this(TensorArg.Resolve(scale, alpha), reparameterized)
    {
    }

    private Pareto((Tensor Scale, Tensor Alpha) p, bool reparameterized)
        : base(Broadcast(nameof(Pareto), p.Scale, p.Alpha), eventRank: 0, reparameterized) => (Scale, Alpha) = p;

    /// <summary>The lower end s; positive.</summary>
    public Tensor Scale { get; }

    /// <summary>The shape; positive.</summary>
    public Tensor Alpha { get; }

    /// <inheritdoc/>
    public override string Name => nameof(Pareto);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.AtLeast(Scale);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("scale", Scale, Constraints.Positive), new("alpha", Alpha, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Where(Alpha.gt(1), Alpha * Scale / (Alpha - 1), double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Where(Alpha.gt(2), Scale.square() * Alpha / ((Alpha - 1).square() * (Alpha - 2)), double.PositiveInfinity);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Scale, Alpha, (x, scale, alpha) =>
    {
        // ln(s/x) by what x is above s, where that is little.
        var y = maximum(x, scale);
        var near = y.lt(2 * scale);
        var log = where(near, (where(near, (scale - y) / y, y.new_zeros([]))).log1p(), (scale / y).log());
        return Exactly.OneLessExp(alpha * log);
    });

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Scale, Alpha, (p, scale, alpha) => scale * (-(-p).log1p() / alpha).exp());

    /// <inheritdoc/>
    public override Tensor Entropy() => Scale.log() - Alpha.log() + 1 / Alpha + 1;

    /// <inheritdoc/>
    protected internal override Tensor Leading => Scale;

    private static Tensor LogProbOf(Tensor x, Tensor scale, Tensor alpha)
    {
        var inside = x.ge(scale);
        var log = Safe(x, inside, scale).log();
        return Restrict(alpha.log() + alpha * scale.log() - (alpha + 1) * log, inside);
    }

    private static Tensor LogPdfOf(Tensor x, Tensor scale, Tensor alpha) => LogProbOf(x, scale, alpha).sum();

    private static Tensor SampleOf(Tensor scale, Tensor alpha, Generator? generator) =>
        Noise.Finite(scale * (Noise.Exponential(Broadcast(nameof(Pareto), scale, alpha), scale, generator) / alpha).exp());

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="scale">The lower end s; positive.</param>
    /// <param name="alpha">The shape; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg scale, TensorArg alpha)
    {
        var (first, second) = TensorArg.Resolve(scale, alpha);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="scale">The lower end s; positive.</param>
    /// <param name="alpha">The shape; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg scale, TensorArg alpha)
    {
        var (first, second) = TensorArg.Resolve(scale, alpha);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="scale">The lower end s; positive.</param>
    /// <param name="alpha">The shape; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg scale, TensorArg alpha, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(scale, alpha);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Scale, Alpha);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new Pareto((expansion.Of(Scale), expansion.Of(Alpha)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Scale, Alpha, generator);
}
