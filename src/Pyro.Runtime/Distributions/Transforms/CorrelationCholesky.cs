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
    public override Tensor Forward(Tensor x)
    {
        var partial = OpenUnit.ClampSigned(x.tril(-1).tanh());
        var left = (1 - partial.square()).cumprod(-1);
        var before = cat([left.narrow(-1, 0, 1).ones_like(), left.narrow(-1, 0, left.shape[^1] - 1)], -1);
        return (partial + eye(x.shape[^1], dtype: x.dtype, device: x.device)) * before.sqrt();
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var squares = y.square();
        var left = OpenUnit.Clamp(1 - (squares.cumsum(-1) - squares));
        return (y / left.sqrt()).tril(-1).atanh();
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        // ln(1 − tanh²), which is also the logarithm of what a partial correlation leaves of its row.
        var lower = x.tril(-1);
        var logs = 2 * (Logs.Two - lower - (-2 * lower).softplus());
        return ((0.5 * (logs.cumsum(-1) - logs)).tril(-1) + logs).sum(-1).sum(-1);
    }
}
