using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// Square matrices onto Cholesky factors of correlation matrices: of what is below the diagonal the hyperbolic tangents are partial correlations, each of which
/// takes its share of the rest of its row; the diagonal and what is above are dropped. (Stan Reference Manual, "Cholesky factors of correlation matrices".)
/// </summary>
public sealed class CorrelationCholesky : Bijector
{
    private CorrelationCholesky()
    {
    }

    /// <summary>The map.</summary>
    public static CorrelationCholesky Instance { get; } = new();

    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override Constraint Range => Constraints.CorrelationCholesky;

    /// <inheritdoc/>
    internal override bool IsFixed => true;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        // What the numbers before leave of a row's length, by its logarithm: 1 − tanh² would lose the last digits of a small rest.
        var lower = x.tril(-1);
        var left = LogRest(lower).cumsum(-1);
        var before = Noise.Positive(cat([left.narrow(-1, 0, 1).zeros_like(), left.narrow(-1, 0, left.Sizes()[^1] - 1)], -1).exp());
        return (lower.tanh() + eye(x.Sizes()[^1], dtype: x.dtype, device: x.device)) * before;
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        // The hyperbolic sine is a number over what is left after it, which is added up from the diagonal, where it is small.
        var lower = y.tril(-1);
        var squares = y.square().flip(-1).cumsum(-1).flip(-1);
        var after = cat([squares.narrow(-1, 1, y.Sizes()[^1] - 1), squares.narrow(-1, 0, 1).ones_like()], -1);
        return (lower / Noise.Positive(after).sqrt()).asinh();
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        var logs = LogRest(x.tril(-1));
        return ((logs.cumsum(-1) - logs).tril(-1) + 2 * logs).sum(-1).sum(-1);
    }

    // ln √(1 − tanh²): what a partial correlation leaves of its row's length; twice that is the logarithm of its slope.
    private static Tensor LogRest(Tensor lower)
    {
        var far = lower.abs();
        return Logs.Two - far - (-2 * far).exp().log1p();
    }
}
