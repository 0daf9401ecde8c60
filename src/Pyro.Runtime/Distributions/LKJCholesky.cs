using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>
/// The distribution of Cholesky factors L of correlation matrices with density proportional to |L Lᵀ|^(η − 1): log p(L) = Σ (D − i + 2η − 2) ln Lᵢᵢ over
/// i = 2 … D, less the constant. Support: lower triangular matrices with a positive diagonal and rows of length 1. At η = 1 all correlation matrices are
/// equally likely. Sampled row by row (Lewandowski, Kurowicka and Joe, 2009: the onion method).
/// </summary>
public sealed class LKJCholesky : Distribution
{
    private readonly long _size;

    /// <summary>Creates the distribution.</summary>
    /// <param name="size">The number of rows D; 2 at least.</param>
    /// <param name="eta">The concentration; positive.</param>
    /// <param name="reparameterized">Whether gradients flow through samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two rows.</exception>
    public LKJCholesky(long size, TensorArg eta, bool reparameterized = true) : this(size, eta.Resolve(), reparameterized)
    {
    }

    private LKJCholesky(long size, Tensor eta, bool reparameterized) : base([.. eta.shape, size, size], eventRank: 2, reparameterized)
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

    /// <inheritdoc/>
    protected override Tensor Density(Tensor x)
    {
        var inside = Support.Check(x);
        var diagonal = Safe(x.diagonal(0, -2, -1).narrow(-1, 1, _size - 1), inside.unsqueeze(-1), 1);

        // D − i for i = 2 … D, and the constant of each row: that of a beta distribution of its squared length below the diagonal.
        var left = arange(_size - 2, -1, -1, Eta.dtype, Eta.device);
        var power = left + 2 * Eta.unsqueeze(-1) - 2;
        var rows = _size - 1;
        var alpha = Eta + 0.5 * rows;
        var half = 0.5 * arange(0, rows, Eta.dtype, Eta.device);
        var multigamma = (alpha.unsqueeze(-1) - 0.5 - half).lgamma().sum(-1) + 0.25 * rows * (rows - 1) * Logs.Pi;
        var constant = 0.5 * rows * Logs.Pi + multigamma - rows * alpha.lgamma();
        return Restrict((power * diagonal.log()).sum(-1) - constant, inside);
    }

    /// <inheritdoc/>
    protected internal override Distribution With(in Expansion expansion) => new LKJCholesky(_size, expansion.Of(Eta), Reparameterized);

    /// <inheritdoc/>
    protected override Tensor Draw(Generator? generator)
    {
        // Row i + 1: its squared length below the diagonal is Beta(i/2, η + (D − 1 − i)/2), its direction uniform on the sphere.
        var row = arange(1, _size, Eta.dtype, Eta.device);
        long[] rows = [.. Eta.shape, _size - 1];
        var length = Beta.Sample((0.5 * row).expand(rows), (Eta.unsqueeze(-1) + 0.5 * (_size - 1 - row)).expand(rows), generator);
        var direction = Noise.Normal([.. rows, _size], Eta, generator).tril(0);
        direction = direction / direction.square().sum(-1, keepdim: true).sqrt();
        var below = length.sqrt().unsqueeze(-1) * direction;
        var first = below.new_zeros([.. Eta.shape, 1, _size]);
        var diagonal = cat([Eta.unsqueeze(-1).ones_like(), Noise.Positive(1 - length).sqrt()], -1);
        return cat([first, below], -2) + diag_embed(diagonal);
    }
}
