using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>A logistic function whose outputs keep a distance from 0 and 1: σ(x) (1 − 2 ε) + ε.</summary>
public sealed class ClippedSigmoid : nn.Module<Tensor, Tensor>
{
    private readonly double _eps;

    /// <summary>Creates the layer.</summary>
    /// <param name="eps">The distance: from 0 to below one half.</param>
    /// <exception cref="ArgumentOutOfRangeException">The distance is negative or at least one half.</exception>
    public ClippedSigmoid(double eps)
        : base(nameof(ClippedSigmoid))
    {
        if (eps is not (>= 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(eps), eps, "The distance must be at least 0 and below one half.");
        _eps = eps;
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => input.sigmoid() * (1 - 2 * _eps) + _eps;
}
