using Pyro.Kernels;
using Pyro.Kernels.Densities;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The von Mises distribution on the circle: log p(x) = κ cos(x − μ) − ln 2π − ln I₀(κ). Support: the angles from −π to π. The mean is the
/// circular one, μ; the variance the circular one, 1 − I₁(κ)/I₀(κ).
/// </summary>
[Family(nameof(Constraints.Circle))]
public sealed class VonMises : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The direction, in radians.</param>
    /// <param name="kappa">The concentration; positive.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public VonMises([Domain(nameof(Constraints.Real))] TensorArg mu, [Domain(nameof(Constraints.Positive))] TensorArg kappa)
        : this(TensorArg.Resolve(mu, kappa))
    {
    }

    private VonMises((Tensor Mu, Tensor Kappa) p)
        : base(Broadcast(nameof(VonMises), p.Mu, p.Kappa), eventRank: 0, reparameterized: false) => (Mu, Kappa) = p;

    /// <summary>The direction, in radians.</summary>
    public Tensor Mu { get; }

    /// <summary>The concentration; positive.</summary>
    public Tensor Kappa { get; }

    /// <inheritdoc/>
    public override string Name => nameof(VonMises);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Circle;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("kappa", Kappa, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu.expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => Bessel.Lag(Kappa).expand(Shape);

    /// <inheritdoc/>
    public override Tensor Entropy() =>
        (Kappa * Bessel.Lag(Kappa) + Bessel.Log(Kappa) + Logs.TwoPi).expand(Shape);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor kappa) => Fused<VonMisesDensity>.LogProb(x, mu, kappa);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor kappa) => Fused<VonMisesDensity>.LogPdf(x, mu, kappa);

    private static Tensor SampleOf(Tensor mu, Tensor kappa, Generator? generator)
    {
        var shape = Broadcast(nameof(VonMises), mu, kappa);
        return VonMisesSampler.Draw(mu.expand(shape), kappa.expand(shape), generator);
    }

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The direction, in radians.</param>
    /// <param name="kappa">The concentration; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg kappa)
    {
        var (first, second) = TensorArg.Resolve(mu, kappa);
        return LogProbOf(x, first, second);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The direction, in radians.</param>
    /// <param name="kappa">The concentration; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg kappa)
    {
        var (first, second) = TensorArg.Resolve(mu, kappa);
        return LogPdfOf(x, first, second);
    }

    /// <summary>Draws a sample.</summary>
    /// <param name="mu">The direction, in radians.</param>
    /// <param name="kappa">The concentration; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg kappa, Generator? generator = null)
    {
        var (first, second) = TensorArg.Resolve(mu, kappa);
        return SampleOf(first, second, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Kappa);

    /// <inheritdoc/>
    private protected override Tensor Reduce(Tensor x, in Reduction reduction) => Fused<VonMisesDensity>.Reduce(in reduction, x, Mu, Kappa);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new VonMises((expansion.Of(Mu), expansion.Of(Kappa)));

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Kappa, generator);
}
