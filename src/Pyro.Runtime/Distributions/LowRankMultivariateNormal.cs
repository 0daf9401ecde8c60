using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The normal distribution of vectors whose covariance is W Wᵀ + diag(D), scored without a matrix of its size: with Q R = (D^(−½) W; I), the determinant is
/// |R|² Π D and the quadratic form the squared length of (D^(−½) z; 0) less its part in the columns of Q. Support: vectors of finite numbers, along the last
/// dimension. Mean μ, variance D + Σ W².
/// </summary>
[Family(nameof(Constraints.Real), EventRank = 1, Reparameterized = true)]
public sealed class LowRankMultivariateNormal : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mean, along the last dimension (K).</param>
    /// <param name="factor">The factor W, of shape (…, K, rank).</param>
    /// <param name="diagonal">The diagonal D, along the last dimension (K); positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public LowRankMultivariateNormal(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.Real))] Tensor factor,
        [Domain(nameof(Constraints.Positive))] TensorArg diagonal,
        bool reparameterized = true)
        : this(TensorArg.Resolve(mu, factor, diagonal), reparameterized)
    {
    }

    private LowRankMultivariateNormal((Tensor Mu, Tensor Factor, Tensor Diagonal) p, bool reparameterized)
        : base(ShapeOf(p.Mu, p.Factor, p.Diagonal), eventRank: 1, reparameterized) => (Mu, Factor, Diagonal) = p;

    /// <summary>The mean, along the last dimension.</summary>
    public Tensor Mu { get; }

    /// <summary>The factor of the covariance: of shape (…, K, rank).</summary>
    public Tensor Factor { get; }

    /// <summary>The rest of the covariance, on its diagonal.</summary>
    public Tensor Diagonal { get; }

    /// <inheritdoc/>
    public override string Name => nameof(LowRankMultivariateNormal);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters =>
        [new("mu", Mu, Constraints.Real), new("factor", Factor, Constraints.Real), new("diagonal", Diagonal, Constraints.Positive)];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu.expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => (Diagonal + Factor.square().sum(-1)).expand(Shape);

    /// <inheritdoc/>
    public override Tensor Entropy() => 0.5 * Shape[^1] - LogProbOf(Mu.expand(Shape), Mu, Factor, Diagonal);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor factor, Tensor diagonal)
    {
        if (Validation.Enabled && diagonal.device_type == TorchSharp.DeviceType.CPU && Constraints.Positive.Find(diagonal) is { } found)
            throw new ArgumentException($"{nameof(LowRankMultivariateNormal)} has {nameof(diagonal)} = {found}, which must be positive: a variance for each number.", nameof(diagonal));

        // In double, and by the columns Q of an orthogonal basis: C itself has the square of the factor over the diagonal in it, which may leave nothing of I.
        var dtype = promote_types(promote_types(x.dtype, mu.dtype), promote_types(factor.dtype, diagonal.dtype));
        static Tensor Exact(Tensor tensor) => tensor.to_type(ScalarType.Float64);
        // Once: gradients of the parts add up before they are rounded to the parameters' dtype, as they may nearly cancel.
        var rest = Exact(diagonal);
        var root = rest.sqrt();
        var away = Exact(x) - Exact(mu);
        var tall = Exact(factor);
        var scaled = tall / root.unsqueeze(-1);
        var (size, rank) = (factor.Sizes()[^2], factor.Sizes()[^1]);
        var identity = eye(rank, dtype: ScalarType.Float64, device: factor.device).expand([.. scaled.Sizes().AsSpan(0, scaled.Sizes().Length - 2), rank, rank]);
        var (basis, triangle) = linalg.qr(cat([scaled, identity], -2));
        // What the factor explains, w of the least (y − Ww)ᵀD⁻¹(y − Ww) + wᵀw, which is its lower part of the basis: where it is the most, little of y is left.
        var shared = Rows(Rows(away / root, basis.narrow(-2, 0, size)), basis.narrow(-2, size, rank).mT);
        var far = MultivariateNormal.Distance(((away - Rows(shared, tall.mT)) / root).square().sum(-1) + shared.square().sum(-1));
        return (-0.5 * (far + rest.log().sum(-1) + Logs.TwoPi * size) - triangle.diagonal(0, -2, -1).abs().log().sum(-1)).to_type(dtype);
    }

    // vᵀ M for vectors along the last dimension.
    private static Tensor Rows(Tensor vectors, Tensor matrix) => matrix.dim() == 2
        ? vectors.reshape(-1, vectors.Sizes()[^1]).checked_matmul(matrix).reshape([.. vectors.Sizes().AsSpan(0, vectors.Sizes().Length - 1), matrix.Sizes()[^1]])
        : vectors.unsqueeze(-2).checked_matmul(matrix).squeeze(-2);

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor factor, Tensor diagonal) => LogProbOf(x, mu, factor, diagonal).sum();

    private static Tensor SampleOf(Tensor mu, Tensor factor, Tensor diagonal, Generator? generator)
    {
        var shape = ShapeOf(mu, factor, diagonal);
        long[] rank = [.. shape.AsSpan(0, shape.Length - 1), factor.Sizes()[^1]];
        var shared = factor.checked_matmul(Noise.Normal(rank, mu, generator).unsqueeze(-1)).squeeze(-1);
        return mu + shared + diagonal.sqrt() * Noise.Normal(shape, mu, generator);
    }

    /// <summary>The log density of vectors.</summary>
    /// <param name="x">The vectors, along the last dimension.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="factor">The factor W of the covariance.</param>
    /// <param name="diagonal">The rest of the covariance, on its diagonal; positive.</param>
    /// <exception cref="ArgumentException">A number of the diagonal is not positive.</exception>
    public static Tensor LogProb(Tensor x, TensorArg mu, Tensor factor, TensorArg diagonal)
    {
        var (first, second, third) = TensorArg.Resolve(mu, factor, diagonal);
        return LogProbOf(x, first, second, third);
    }

    /// <summary>The log density, summed over all vectors: a 0-dim tensor.</summary>
    /// <param name="x">The vectors, along the last dimension.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="factor">The factor W of the covariance.</param>
    /// <param name="diagonal">The rest of the covariance, on its diagonal; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, Tensor factor, TensorArg diagonal)
    {
        var (first, second, third) = TensorArg.Resolve(mu, factor, diagonal);
        return LogPdfOf(x, first, second, third);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="factor">The factor W of the covariance.</param>
    /// <param name="diagonal">The rest of the covariance, on its diagonal; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Sample(TensorArg mu, Tensor factor, TensorArg diagonal, Generator? generator = null)
    {
        var (first, second, third) = TensorArg.Resolve(mu, factor, diagonal);
        return SampleOf(first, second, third, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProbOf(x, Mu, Factor, Diagonal);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new LowRankMultivariateNormal((expansion.Of(Mu, 1), expansion.Of(Factor, 2), expansion.Of(Diagonal, 1)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => SampleOf(Mu, Factor, Diagonal, generator);

    private static long[] ShapeOf(Tensor mu, Tensor factor, Tensor diagonal)
    {
        var (center, tall, rest) = (mu.Sizes(), factor.Sizes(), diagonal.Sizes());
        if (center.Length == 0 || tall.Length < 2 || rest.Length == 0 || tall[^2] != center[^1] || rest[^1] != center[^1]
            || Shapes.Broadcast(center[..^1], tall[..^2]) is not { } two || Shapes.Broadcast(two, rest[..^1]) is not { } batch)
            throw new ArgumentException(
                $"{nameof(LowRankMultivariateNormal)} has mu of shape {Shapes.Format(center)}, factor of shape {Shapes.Format(tall)} and diagonal of shape " +
                $"{Shapes.Format(rest)}. Give vectors of K and a matrix of K by the rank along the last dimensions.", nameof(factor));
        return [.. batch, center[^1]];
    }
}
