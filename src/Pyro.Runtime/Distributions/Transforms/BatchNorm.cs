using Pyro.Checks;
using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// Batch normalisation between maps (Dinh et al., 2017; Papamakarios et al., 2017): the inverse, which scoring takes, normalises; x = exp(g) (y − m)/√(v + ε) + b.
/// While <see cref="Network"/> is in training, m and v are those of the batch that is scored (over all but the last dimension), and move the averages;
/// sampling, and scoring in evaluation, takes the averages.
/// </summary>
public sealed class BatchNorm : Flow
{
    private readonly NormWeights _weights;
    private readonly double _momentum;
    private readonly double _epsilon;

    /// <summary>Creates the map.</summary>
    /// <param name="inputDim">The number of variables: the size of the last dimension.</param>
    /// <param name="momentum">The share of a batch in the moving averages.</param>
    /// <param name="epsilon">What is added to variances.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public BatchNorm(long inputDim, double momentum = 0.1, double epsilon = 1e-5, ScalarType? dtype = null) =>
        (_weights, _momentum, _epsilon) = (new NormWeights(inputDim, dtype), momentum, epsilon);

    /// <inheritdoc/>
    public override bool KeepsSource => !_weights.training;

    /// <inheritdoc/>
    public override NormWeights Network => _weights;

    /// <inheritdoc/>
    internal override long? InputSize => _weights.Mean.Sizes()[0];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) =>
        (x - _weights.Shift) * (-_weights.LogScale).exp() * (_weights.Variance + _epsilon).sqrt() + _weights.Mean;

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var (mean, variance) = Moments(y);
        if (_weights.training)
            Move(mean, variance);
        return (y - mean) * _weights.LogScale.exp() / (variance + _epsilon).sqrt() + _weights.Shift;
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) =>
        (0.5 * (Moments(y).Variance + _epsilon).log() - _weights.LogScale).sum(-1).expand(y.Sizes()[..^1]);

    private (Tensor Mean, Tensor Variance) Moments(Tensor y)
    {
        // One row has no variance; the averages stand for it.
        var rows = y.reshape(-1, y.Sizes()[^1]);
        return _weights.training && rows.Sizes()[0] > 1
            ? (rows.mean([0L]), rows.checked_var(0L, unbiased: false))
            : (_weights.Mean, _weights.Variance);
    }

    private void Move(Tensor mean, Tensor variance)
    {
        using var noGrad = no_grad();
        _weights.Mean.mul_(1 - _momentum).add_(mean * _momentum);
        _weights.Variance.mul_(1 - _momentum).add_(variance * _momentum);
    }
}
