using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The normal distribution of vectors whose covariance is W Wᵀ + diag(D), scored with matrices of the rank's size alone: with C = I + Wᵀ D⁻¹ W, the
/// determinant is |C| Π D and the quadratic form zᵀD⁻¹z − |C^(−½) Wᵀ D⁻¹ z|² (Woodbury). Support: vectors of finite numbers, along the last dimension. Mean μ,
/// variance D + Σ W².
/// </summary>
public sealed class LowRankMultivariateNormal : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="mu">The mean, along the last dimension (K).</param>
    /// <param name="factor">The factor W, of shape (…, K, rank).</param>
    /// <param name="diagonal">The diagonal D, along the last dimension (K); positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public LowRankMultivariateNormal(TensorArg mu, Tensor factor, TensorArg diagonal, bool reparameterized = true)
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
    public override Tensor Entropy() => 0.5 * Shape[^1] - LogProb(Mu.expand(Shape), Mu, Factor, Diagonal);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    /// <summary>The log density of vectors.</summary>
    /// <param name="x">The vectors, along the last dimension.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="factor">The factor W of the covariance.</param>
    /// <param name="diagonal">The rest of the covariance, on its diagonal; positive.</param>
    public static Tensor LogProb(Tensor x, Tensor mu, Tensor factor, Tensor diagonal)
    {
        var z = x - mu;

        // Matrices meet in one type alone.
        if (factor.dtype != z.dtype)
            factor = factor.to_type(z.dtype);
        var scaled = (factor / diagonal.unsqueeze(-1)).mT;
        var inner = linalg.cholesky(eye(factor.Sizes()[^1], dtype: factor.dtype, device: factor.device) + scaled.checked_matmul(factor));
        var shared = MultivariateNormal.Whiten(scaled.checked_matmul(z.unsqueeze(-1)).squeeze(-1), inner).square().sum(-1);

        // The difference of two squares, of which rounding may leave less than nothing.
        var far = MultivariateNormal.Distance(((z.square() / diagonal).sum(-1) - shared).clamp_min(0));
        return -0.5 * (far + diagonal.log().sum(-1) + Logs.TwoPi * x.Sizes()[^1])
            - inner.diagonal(0, -2, -1).log().sum(-1);
    }

    /// <summary>The log density, summed over all vectors: a 0-dim tensor.</summary>
    /// <param name="x">The vectors, along the last dimension.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="factor">The factor W of the covariance.</param>
    /// <param name="diagonal">The rest of the covariance, on its diagonal; positive.</param>
    public static Tensor LogPdf(Tensor x, Tensor mu, Tensor factor, Tensor diagonal) => LogProb(x, mu, factor, diagonal).sum();

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="factor">The factor W of the covariance.</param>
    /// <param name="diagonal">The rest of the covariance, on its diagonal; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Sample(Tensor mu, Tensor factor, Tensor diagonal, Generator? generator = null)
    {
        var shape = ShapeOf(mu, factor, diagonal);
        long[] rank = [.. shape.AsSpan(0, shape.Length - 1), factor.Sizes()[^1]];
        var shared = factor.checked_matmul(Noise.Normal(rank, mu, generator).unsqueeze(-1)).squeeze(-1);
        return mu + shared + diagonal.sqrt() * Noise.Normal(shape, mu, generator);
    }

    /// <inheritdoc cref="LogProb(Tensor, Tensor, Tensor, Tensor)"/>
    public static Tensor LogProb(Tensor x, TensorArg mu, Tensor factor, TensorArg diagonal)
    {
        var (first, second, third) = TensorArg.Resolve(mu, factor, diagonal);
        return LogProb(x, first, second, third);
    }

    /// <inheritdoc cref="LogPdf(Tensor, Tensor, Tensor, Tensor)"/>
    public static Tensor LogPdf(Tensor x, TensorArg mu, Tensor factor, TensorArg diagonal)
    {
        var (first, second, third) = TensorArg.Resolve(mu, factor, diagonal);
        return LogPdf(x, first, second, third);
    }

    /// <inheritdoc cref="Sample(Tensor, Tensor, Tensor, Generator?)"/>
    public static Tensor Sample(TensorArg mu, Tensor factor, TensorArg diagonal, Generator? generator = null)
    {
        var (first, second, third) = TensorArg.Resolve(mu, factor, diagonal);
        return Sample(first, second, third, generator);
    }

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, Mu, Factor, Diagonal);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) =>
        new LowRankMultivariateNormal((expansion.Of(Mu, 1), expansion.Of(Factor, 2), expansion.Of(Diagonal, 1)), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(Mu, Factor, Diagonal, generator);

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
