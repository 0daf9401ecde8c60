using Pyro.Checks;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The normal distribution of vectors: log p(x) = −½ |L⁻¹(x − μ)|² − Σ ln Lᵢᵢ − ½ K ln 2π, where L Lᵀ is the covariance Σ. Support: vectors of finite
/// numbers, along the last dimension. Mean μ, variance the diagonal of Σ.
/// </summary>
[Family(nameof(Constraints.Real), EventRank = 1, Reparameterized = true)]
public sealed class MultivariateNormal : Distribution
{
    private readonly DistributionParameter _matrix;
    private Tensor? _scaleTril;

    /// <summary>Creates the distribution from its mean and one of three matrices.</summary>
    /// <param name="mu">The mean, along the last dimension (K).</param>
    /// <param name="covariance">The covariance, of shape (…, K, K); positive definite.</param>
    /// <param name="precision">The inverse of the covariance; positive definite.</param>
    /// <param name="scaleTril">The lower Cholesky factor of the covariance; with a positive diagonal.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentException">Not exactly one matrix is given, or the shapes do not fit.</exception>
    public MultivariateNormal(
        [Domain(nameof(Constraints.Real))] TensorArg mu,
        [Domain(nameof(Constraints.PositiveDefinite))] Tensor? covariance = null,
        [Domain(nameof(Constraints.PositiveDefinite))] Tensor? precision = null,
        [Domain(nameof(Constraints.LowerCholesky))] Tensor? scaleTril = null,
        bool reparameterized = true)
        : this(Alike(mu, Matrix(covariance, precision, scaleTril)), reparameterized)
    {
    }

    private MultivariateNormal((Tensor Mu, DistributionParameter Matrix) p, bool reparameterized)
        : base(ShapeOf(p.Mu, p.Matrix), eventRank: 1, reparameterized) => (Mu, _matrix) = p;

    /// <summary>The mean, along the last dimension.</summary>
    public Tensor Mu { get; }

    /// <summary>The lower Cholesky factor of the covariance.</summary>
    /// <exception cref="ArgumentException">The matrix is not positive definite, or the factor not lower triangular with a positive diagonal.</exception>
    public Tensor ScaleTril => _scaleTril ??= _matrix.Name switch
    {
        "covariance" => Factor(Symmetric(_matrix.Value)),
        "precision" => FactorOfInverse(Symmetric(_matrix.Value)),
        _ => Lower(_matrix.Value),
    };

    /// <summary>The covariance: of shape (…, K, K).</summary>
    public Tensor Covariance => _matrix.Name == "covariance" ? _matrix.Value : ScaleTril.checked_matmul(ScaleTril.mT);

    /// <inheritdoc/>
    public override string Name => nameof(MultivariateNormal);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("mu", Mu, Constraints.Real), _matrix];

    /// <inheritdoc/>
    public override Tensor AnalyticMean => Mu.expand(Shape);

    /// <inheritdoc/>
    public override Tensor AnalyticVar => ScaleTril.square().sum(-1).expand(Shape);

    /// <inheritdoc/>
    public override Tensor Entropy() => 0.5 * Shape[^1] - Score(Mu.expand(Shape), Mu, ScaleTril);

    /// <inheritdoc/>
    protected internal override Tensor Leading => Mu;

    private static Tensor LogProbOf(Tensor x, Tensor mu, Tensor scaleTril) => Score(x, mu, Lower(scaleTril));

    private static Tensor LogPdfOf(Tensor x, Tensor mu, Tensor scaleTril) => LogProbOf(x, mu, scaleTril).sum();

    private static Tensor SampleOf(Tensor mu, Tensor scaleTril, Generator? generator)
    {
        var shape = ShapeOf(mu, new("scaleTril", scaleTril, Constraints.LowerCholesky));
        return Draw(mu, Lower(scaleTril), shape, generator);
    }

    /// <summary>The log density of vectors.</summary>
    /// <param name="x">The vectors, along the last dimension.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="scaleTril">The lower Cholesky factor of the covariance.</param>
    /// <exception cref="ArgumentException">The matrix is not lower triangular with a positive diagonal.</exception>
    public static Tensor LogProb(Tensor x, TensorArg mu, Tensor scaleTril)
    {
        var (center, factor) = TensorArg.Resolve(mu, scaleTril);
        return LogProbOf(x, center, factor);
    }

    /// <summary>The log density, summed over all vectors: a 0-dim tensor.</summary>
    /// <param name="x">The vectors, along the last dimension.</param>
    /// <param name="mu">The mean.</param>
    /// <param name="scaleTril">The lower Cholesky factor of the covariance.</param>
    public static Tensor LogPdf(Tensor x, TensorArg mu, Tensor scaleTril)
    {
        var (center, factor) = TensorArg.Resolve(mu, scaleTril);
        return LogPdfOf(x, center, factor);
    }

    /// <summary>Draws a sample, differentiably.</summary>
    /// <param name="mu">The mean.</param>
    /// <param name="scaleTril">The lower Cholesky factor of the covariance.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Sample(TensorArg mu, Tensor scaleTril, Generator? generator = null)
    {
        var (center, factor) = TensorArg.Resolve(mu, scaleTril);
        return SampleOf(center, factor, generator);
    }

    /// <summary>L⁻¹ v for vectors along the last dimension.</summary>
    /// <param name="v">The vectors.</param>
    /// <param name="scaleTril">The lower triangular matrix L: one for all vectors, or a batch of them.</param>
    internal static Tensor Whiten(Tensor v, Tensor scaleTril)
    {
        // Matrices meet in one type alone.
        if (v.dtype != scaleTril.dtype)
        {
            var dtype = promote_types(v.dtype, scaleTril.dtype);
            (v, scaleTril) = (v.to_type(dtype), scaleTril.to_type(dtype));
        }

        // One matrix for all vectors is one solution with many right-hand sides.
        if (scaleTril.dim() == 2)
            return linalg.solve_triangular(scaleTril, v.reshape(-1, v.Sizes()[^1]).mT, upper: false).mT.reshape(v.Sizes());
        long[] batch = Shapes.Broadcast(scaleTril.Sizes()[..^2], v.Sizes()[..^1])!;
        return linalg.solve_triangular(
            scaleTril.expand([.. batch, .. scaleTril.Sizes().AsSpan(scaleTril.Sizes().Length - 2)]),
            v.expand([.. batch, v.Sizes()[^1]]).unsqueeze(-1), upper: false).squeeze(-1);
    }

    /// <summary>A squared distance, which is infinite where its numbers are too large to be told apart (∞ − ∞).</summary>
    /// <param name="squares">The squared distance.</param>
    internal static Tensor Distance(Tensor squares) => squares.nan_to_num(nan: double.PositiveInfinity, posinf: double.PositiveInfinity, neginf: double.PositiveInfinity);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => Score(x, Mu, ScaleTril);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion)
    {
        // The factor is expanded, not computed again.
        var factor = new DistributionParameter("scaleTril", expansion.Of(ScaleTril, 2), Constraints.LowerCholesky);
        return new MultivariateNormal((expansion.Of(Mu, 1), factor), Reparameterized);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Draw(Mu, ScaleTril, Shape, generator);

    private static Tensor Score(Tensor x, Tensor mu, Tensor factor)
    {
        var far = Distance(Whiten(x - mu, factor).square().sum(-1));
        return -0.5 * far - factor.diagonal(0, -2, -1).log().sum(-1) - Logs.HalfTwoPi * factor.Sizes()[^1];
    }

    private static Tensor Draw(Tensor mu, Tensor factor, long[] shape, Generator? generator) =>
        mu + factor.checked_matmul(Noise.Normal(shape, mu, generator).unsqueeze(-1)).squeeze(-1);

    private static (Tensor Mu, DistributionParameter Matrix) Alike(TensorArg mu, DistributionParameter matrix)
    {
        var (center, value) = TensorArg.Resolve(mu, matrix.Value);
        return (center, matrix with { Value = value });
    }

    private static DistributionParameter Matrix(Tensor? covariance, Tensor? precision, Tensor? scaleTril) => (covariance, precision, scaleTril) switch
    {
        ({ } c, null, null) => new("covariance", c, Constraints.PositiveDefinite),
        (null, { } p, null) => new("precision", p, Constraints.PositiveDefinite),
        (null, null, { } l) => new("scaleTril", l, Constraints.LowerCholesky),
        _ => throw new ArgumentException($"{nameof(MultivariateNormal)} takes covariance, precision or scaleTril: one of the three."),
    };

    private static long[] ShapeOf(Tensor mu, DistributionParameter matrix)
    {
        var (center, square) = (mu.Sizes(), matrix.Value.Sizes());
        if (center.Length == 0 || square.Length < 2 || square[^1] != square[^2] || square[^1] != center[^1]
            || Shapes.Broadcast(center[..^1], square[..^2]) is not { } batch)
            throw new ArgumentException(
                $"{nameof(MultivariateNormal)} has mu of shape {Shapes.Format(center)} and {matrix.Name} of shape {Shapes.Format(square)}. " +
                "Give a vector of K and a matrix of K by K along the last dimensions.", matrix.Name);
        return [.. batch, center[^1]];
    }

    private Tensor Factor(Tensor matrix)
    {
        var (factor, failure) = linalg.cholesky_ex(matrix);
        if (IsSeen(failure) && failure.ne(0).any().Number<bool>())
            throw Refused(_matrix.Name, Constraints.PositiveDefinite.Find(_matrix.Value) ?? "a matrix", "positive definite", "Add a small number to its diagonal where it is so but for rounding.");
        return factor;
    }

    // The Cholesky factor of P⁻¹ is the inverse of an upper factor of P, which a lower factor of P from its other corner is.
    private Tensor FactorOfInverse(Tensor precision)
    {
        var corner = Factor(precision.flip(-2, -1)).flip(-2, -1).mT;
        return linalg.solve_triangular(corner, eye(precision.Sizes()[^1], dtype: precision.dtype, device: precision.device).expand(corner.Sizes()), upper: false);
    }

    // A factorisation reads one half of a matrix; the halves of a computed one differ by rounding, and their mean is the matrix.
    private Tensor Symmetric(Tensor matrix)
    {
        if (IsSeen(matrix))
        {
            using (no_grad())
            using (NewDisposeScope())
            {
                if (matrix.eq(matrix.mT).all().Number<bool>())
                    return matrix;
                if (Validation.Enabled && !PositiveDefiniteConstraint.AreSymmetric(matrix).all().Number<bool>())
                    throw Refused(_matrix.Name, Constraints.PositiveDefinite.Find(matrix) ?? "a matrix", "symmetric", "Give (A + Aᵀ)/2 where both halves mean the same.");
            }
        }
        return (matrix + matrix.mT) / 2;
    }

    private static Tensor Lower(Tensor scaleTril) => Validation.Enabled && IsSeen(scaleTril) && Constraints.LowerCholesky.Find(scaleTril) is { } found
        ? throw Refused(nameof(scaleTril), found, "lower triangular with a positive diagonal", "Give the lower Cholesky factor L of the covariance L Lᵀ, or the covariance itself.")
        : scaleTril;

    // A look at a device's memory would wait for it.
    private static bool IsSeen(Tensor tensor) => tensor.device_type == TorchSharp.DeviceType.CPU && tensor.numel() > 0;

    private static ArgumentException Refused(string parameter, string found, string wanted, string remedy) =>
        new($"{nameof(MultivariateNormal)} has {parameter} = {found}, which must be {wanted}. {remedy}", parameter);
}
