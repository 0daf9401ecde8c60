using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of Cholesky factors L of correlation matrices with density proportional to |L Lᵀ|^(η − 1): log p(L) = Σ (D − i + 2η − 2) ln Lᵢᵢ over
/// i = 2 … D, less the constant. Support: lower triangular matrices with a positive diagonal and rows of length 1. At η = 1 all correlation matrices are
/// equally likely. Sampled row by row (Lewandowski, Kurowicka and Joe, 2009: the onion method).
/// </summary>
[Family(nameof(Constraints.CorrelationCholesky), EventRank = 2, Reparameterized = true)]
public sealed class LKJCholesky : Distribution
{
    private readonly long _size;

    /// <summary>Creates the distribution.</summary>
    /// <param name="size">The number of rows D; 2 at least.</param>
    /// <param name="eta">The concentration; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two rows.</exception>
    public LKJCholesky(
        long size,
        [Domain(nameof(Constraints.Positive))] TensorArg eta,
        bool reparameterized = true) : this(size, eta.Resolve(), reparameterized)
    {
    }

    private LKJCholesky(long size, Tensor eta, bool reparameterized) : base([.. eta.Sizes(), size, size], eventRank: 2, reparameterized)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 2);
        (_size, Eta) = (size, eta);
    }

    /// <summary>The concentration: of the batch's shape.</summary>
    public Tensor Eta { get; }

    /// <inheritdoc/>
    public override string Name => nameof(LKJCholesky);

    /// <inheritdoc/>
    public override Constraint Support => Constraints.CorrelationCholesky;

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [new("eta", Eta, Constraints.Positive)];

    /// <inheritdoc/>
    protected internal override Tensor Leading => Eta;

    /// <summary>The log density, matrix by matrix; −∞ outside the support.</summary>
    /// <param name="x">The factors, along the last two dimensions.</param>
    /// <param name="eta">The concentration; positive.</param>
    public static Tensor LogProb(Tensor x, TensorArg eta) => LogProb(x, eta.Resolve());

    /// <summary>The log density, summed over all matrices: a 0-dim tensor.</summary>
    /// <param name="x">The factors, along the last two dimensions.</param>
    /// <param name="eta">The concentration; positive.</param>
    public static Tensor LogPdf(Tensor x, TensorArg eta) => LogProb(x, eta.Resolve()).sum();

    /// <summary>Draws a factor, differentiably.</summary>
    /// <param name="size">The number of rows; 2 at least.</param>
    /// <param name="eta">The concentration; positive.</param>
    /// <param name="generator">The random numbers; libtorch's default ones where none is given.</param>
    public static Tensor Sample(long size, TensorArg eta, Generator? generator = null) => Sample(size, eta.Resolve(), generator);

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x) => LogProb(x, Eta);

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new LKJCholesky(_size, expansion.Of(Eta), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator) => Sample(_size, Eta, generator);

    private static Tensor LogProb(Tensor x, Tensor eta)
    {
        var size = x.Sizes()[^1];
        var inside = Constraints.CorrelationCholesky.Check(x);
        var diagonal = Safe(x.diagonal(0, -2, -1).narrow(-1, 1, size - 1), inside.unsqueeze(-1), 1);

        // D − i for i = 2 … D, and the constant of each row: that of a beta distribution of its squared length below the diagonal.
        var left = arange(size - 2, -1, -1, eta.dtype, eta.device);
        var power = left + 2 * eta.unsqueeze(-1) - 2;
        var rows = size - 1;
        // Σ ln Γ(η + j/2) − ln Γ(η + ½(D − 1)) over j from 0 to D − 2, by the half steps between.
        var index = arange(0, rows, eta.dtype, eta.device);
        var between = eta.unsqueeze(-1) + 0.5 * index;
        var steps = ((index + 1) * (Stirling.HalfStep(between) + 0.5 * between.log())).sum(-1);
        var constant = (0.5 + 0.25 * (rows - 1)) * rows * Logs.Pi - steps;
        return Restrict((power * diagonal.log()).sum(-1) - constant, inside);
    }

    private static Tensor Sample(long size, Tensor eta, Generator? generator)
    {
        // Row i + 1: its squared length below the diagonal is Beta(i/2, η + (D − 1 − i)/2), its direction uniform on the sphere.
        var row = arange(1, size, eta.dtype, eta.device);
        long[] rows = [.. eta.Sizes(), size - 1];
        var length = Beta.Sample((0.5 * row).expand(rows), (eta.unsqueeze(-1) + 0.5 * (size - 1 - row)).expand(rows), generator);
        var direction = Noise.Normal([.. rows, size], eta, generator).tril(0);
        direction = direction / direction.square().sum(-1, keepdim: true).sqrt();
        var below = length.sqrt().unsqueeze(-1) * direction;
        var first = below.new_zeros([.. eta.Sizes(), 1, size]);
        var diagonal = cat([eta.unsqueeze(-1).ones_like(), Noise.Positive(1 - length).sqrt()], -1);
        return cat([first, below], -2) + diag_embed(diagonal);
    }
}
