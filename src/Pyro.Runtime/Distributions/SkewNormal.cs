using Pyro.Kernels.Special;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The skew normal distribution (Azzalini, "A class of distributions which includes the normal ones", 1985): with z = (x − μ)/σ,
/// log p(x) = ln 2 − ½z² − ln σ − ½ ln 2π + ln Φ(αz). Support: the finite numbers. With δ = α/√(1 + α²): mean μ + σδ√(2/π), variance
/// σ²(1 − 2δ²/π). At α = 0 it is normal; a positive α has the longer tail above.
/// </summary>
[Family(nameof(Constraints.Real), Reparameterized = true)]
public sealed class SkewNormal : Distribution
{
    // √(2/π), the mean of |U| of a normal number U.
    private const double MeanOfHalf = 0.79788456080286535588;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    /// <param name="alpha">The shape: 0 for no skew, negative for a longer tail below.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The parameters do not broadcast.</exception>
    public SkewNormal(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Positive))] TensorArg sigma,
        [Domain(nameof(Constraints.Real))] TensorArg alpha,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, sigma, alpha), reparameterized)
    {
    }

    private SkewNormal((Tensor Mu, Tensor Sigma, Tensor Alpha) p, bool reparameterized)
        : base(Broadcast(nameof(SkewNormal), p.Mu, p.Sigma, p.Alpha), eventRank: 0, reparameterized) => (Mu, Sigma, Alpha) = p;

    /// <summary>The location.</summary>
    public Tensor Mu { get; }

    /// <summary>The scale; positive.</summary>
    public Tensor Sigma { get; }

    /// <summary>The shape: 0 for no skew, negative for a longer tail below.</summary>
    public Tensor Alpha { get; }

    /// <inheritdoc/>
    public override string Name => nameof(SkewNormal);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
    [
        new("mu", Mu, Constraints.Real),
        new("sigma", Sigma, Constraints.Positive),
        new("alpha", Alpha, Constraints.Real),
    ];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu + Sigma * (MeanOfHalf * Alpha / Length(Alpha));

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (Sigma.square() * (1 - (MeanOfHalf * Alpha / Length(Alpha)).square())).expand(Shape);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor x) => Exactly.Of(x, Sigma, Alpha, (x, sigma, alpha) =>
        Scalars.Of<Lower>((x - Exactly.Wide(Mu)) / sigma, alpha));

    /// <inheritdoc/>
    public override Tensor Icdf(Tensor probability) => Exactly.Of(probability, Sigma, Alpha, (p, sigma, alpha) =>
        Exactly.Wide(Mu) + sigma * Scalars.Of<Quantile>(p, alpha));

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor sigma, Tensor alpha)
    {
        // An infinite z has the density 0, and would be NaN times α = 0.
        var inside = ((x - mu) / sigma).isinf().logical_not();
        var z = (Safe(x, inside, mu) - mu) / sigma;
        return Restrict(z.square() * -0.5 - sigma.log() - Logs.HalfTwoPi + LogErfc(alpha * z / -Logs.RootTwo), inside);
    }

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor sigma, Tensor alpha) => LogProbOf(x, mu, sigma, alpha).sum();

    private static Tensor SampleOf(Tensor mu, Tensor sigma, Tensor alpha, Generator? generator)
    {
        // (α|U| + V)/√(1 + α²) of two normal numbers (Henze, "A probabilistic representation of the skew-normal distribution", 1986).
        var shape = Broadcast(nameof(SkewNormal), mu, sigma, alpha);
        var (half, whole) = (Noise.Normal(shape, mu, generator).abs(), Noise.Normal(shape, mu, generator));
        var length = Length(alpha);
        return Noise.Finite(mu + sigma * (alpha / length * half + whole / length));
    }

    // √(1 + α²), where α² may be too large a number.
    private static Tensor Length(Tensor alpha) => hypot(alpha, alpha.new_full([], 1));

    // ln erfc v, which is ln 2Φ(−√2 v). From 8 on, where erfc v soon is too small a number, its asymptotic series has all digits:
    // erfc v = exp(−v²)/(√π v) (1 − 1/(2v²) (1 − 3/(2v²) (1 − …))) (Abramowitz and Stegun 7.1.23).
    private static Tensor LogErfc(Tensor v)
    {
        var far = v.gt(8);
        var (near, large) = (Safe(v, far.logical_not(), 0), Safe(v, far, 8));
        var small = (large * Logs.RootTwo).reciprocal().square();
        var sum = 1 - 25 * small;
        for (var k = 23; k > 0; k -= 2)
            sum = 1 - k * small * sum;
        return where(far, sum.log() - large.log() - large.square() - 0.5 * Logs.Pi, special.erfc(near).log());
    }

    /// <summary>The log density, element by element; −∞ outside the support.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    /// <param name="alpha">The shape: 0 for no skew, negative for a longer tail below.</param>
    public static Tensor LogProb(Tensor x, TensorArg mu, TensorArg sigma, TensorArg alpha)
    {
        var (first, second, third) = TensorArg.Resolve(mu, sigma, alpha);
        return LogProbOf(x, first, second, third);
    }

    /// <summary>The log density, summed over all elements: a 0-dim tensor.</summary>
    /// <param name="x">The values.</param>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    /// <param name="alpha">The shape: 0 for no skew, negative for a longer tail below.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, TensorArg sigma, TensorArg alpha)
    {
        var (first, second, third) = TensorArg.Resolve(mu, sigma, alpha);
        return LogPdfOf(x, first, second, third);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The location.</param>
    /// <param name="sigma">The scale; positive.</param>
    /// <param name="alpha">The shape: 0 for no skew, negative for a longer tail below.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(TensorArg mu, TensorArg sigma, TensorArg alpha, Generator? generator = null)
    {
        var (first, second, third) = TensorArg.Resolve(mu, sigma, alpha);
        return SampleOf(first, second, third, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Sigma, Alpha);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new SkewNormal((expansion.Of(Mu), expansion.Of(Sigma), expansion.Of(Alpha)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Sigma, Alpha, generator);

    /// <summary>
    /// The distribution function of z and α: that of |U| where z is positive, and the integral of exp(−½z²/sin²φ)/π over φ from 0 to the
    /// angle whose cotangent is α. All terms are positive. It is Φ(z) − 2T(z, α) with Owen's T, taken from the other end ("Tables for
    /// computing bivariate normal probabilities", 1956).
    /// </summary>
    private readonly struct Lower : IScalarFunction
    {
        public static string Name => nameof(SkewNormal) + nameof(Lower);

        public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
        {
            var (z, alpha) = (arguments[0], arguments[1]);
            if (double.IsNaN(z) || !double.IsFinite(alpha))
            {
                slopes.Fill(double.NaN);
                return double.NaN;
            }
            slopes.Clear();
            if (double.IsInfinity(z))
                return z > 0 ? 1 : 0;
            (slopes[0], slopes[1]) = Slopes(z, alpha);
            return At(z, alpha);
        }

        /// <summary>The derivatives: the density, and that by α.</summary>
        public static (double ByZ, double ByAlpha) Slopes(double z, double alpha)
        {
            var (square, along) = (z * z, alpha * z);
            var tail = GammaUpper.At(0.5, along * along / 2) / 2;
            var length = 1 + alpha * alpha;
            var density = MeanOfHalf * Math.Exp(-square / 2) * (along > 0 ? 1 - tail : tail);
            return (density, -Math.Exp(-square * length / 2) / (Math.PI * length));
        }

        /// <summary>The probability.</summary>
        public static double At(double z, double alpha)
        {
            if (z == 0)
                return Math.Atan2(1, alpha) / Math.PI;
            var turned = alpha >= 0
                ? Part(z, 0, Math.Atan2(1, alpha))
                : Part(z, 0, Math.PI / 2) + Part(z, Math.Atan2(1, -alpha), Math.PI / 2);
            var half = z > 0 ? GammaLower.At([0.5, z * z / 2], stackalloc double[2]) : 0;
            return Math.Min(1, half + turned / Math.PI);
        }

        // The integrand rises up to ½π: from the upper end down, by panels over which it changes little.
        private static double Part(double z, double from, double to)
        {
            var (total, square) = (0.0, z * z);
            while (to > from)
            {
                var (sine, cosine) = Math.SinCos(to);
                var value = Math.Exp(-square / (2 * sine * sine));
                if (value * to <= 1e-17 * total || value == 0)
                    break;
                var change = square * cosine / (sine * sine * sine);
                var width = Math.Min(Math.Min(to - from, to / 2), Math.Min(4 / change, 3 / Math.Abs(z)));
                var sum = 0.0;
                for (var i = 0; i < Panel.Points; i++)
                {
                    var at = Math.Sin(to - width * Panel.Nodes[i]);
                    sum += Panel.Weights[i] * Math.Exp(-square / (2 * at * at));
                }
                total += width * sum;
                to -= width;
            }
            return total;
        }
    }

    /// <summary>
    /// z where the distribution function is a probability: Newton's method on its logarithm, which is concave, kept between bounds.
    /// </summary>
    private readonly struct Quantile : IScalarFunction
    {
        public static string Name => nameof(SkewNormal) + nameof(Quantile);

        public static double At(ReadOnlySpan<double> arguments, Span<double> slopes)
        {
            var (p, alpha) = (arguments[0], arguments[1]);
            if (!(p >= 0 && p <= 1 && double.IsFinite(alpha)))
            {
                slopes.Fill(double.NaN);
                return double.NaN;
            }
            slopes.Clear();
            if (p is 0 or 1)
                return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
            var z = p <= 0.5 ? Below(p, alpha) : -Below(1 - p, -alpha);
            var (byZ, byAlpha) = Lower.Slopes(z, alpha);
            (slopes[0], slopes[1]) = (1 / byZ, -byAlpha / byZ);
            return z;
        }

        // For p up to ½. The bounds are those of −|U|, whose tail at −z is at most exp(−½z²), and of |U|, whose median is below 0.7.
        private static double Below(double p, double alpha)
        {
            var (low, high, z) = (-Math.Sqrt(-2 * Math.Log(p)), 0.7, 0.0);
            for (var i = 0; i < 200; i++)
            {
                var (value, slope) = (Lower.At(z, alpha), Lower.Slopes(z, alpha).ByZ);
                (low, high) = value < p ? (z, high) : (low, z);
                var step = Math.Log(p / value) * (value / slope);
                var next = z + step;
                if (Math.Abs(step) <= 4e-16 * (Math.Abs(z) + value / slope))
                    return next;
                z = next > low && next < high ? next : (low + high) / 2;
            }
            return z;
        }
    }
}
