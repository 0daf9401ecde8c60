using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>A softmax whose outputs keep a distance from 0: p (1 − n ε) + ε for n outputs, which sum to one as before.</summary>
public sealed class ClippedSoftmax : nn.Module<Tensor, Tensor>
{
    private readonly double _eps;
    private readonly long _dim;

    /// <summary>Creates the layer.</summary>
    /// <param name="eps">The least output: from 0 to below 1 / n.</param>
    /// <param name="dim">The dimension that the outputs lie along.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least output is negative or at least 1.</exception>
    public ClippedSoftmax(double eps, long dim = -1)
        : base(nameof(ClippedSoftmax))
    {
        if (eps is not (>= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(eps), eps, "The least output must be at least 0 and below 1.");
        _eps = eps;
        _dim = dim;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are so many outputs that they cannot all be that large.</exception>
    public override Tensor forward(Tensor input)
    {
        var rest = 1 - _eps * input.Sizes()[_dim < 0 ? _dim + input.dim() : _dim];
        return rest > 0
            ? input.softmax(_dim) * rest + _eps
            : throw new ArgumentException($"{input.Sizes()[_dim < 0 ? _dim + input.dim() : _dim]} outputs of at least {_eps} cannot sum to one. Give a smaller eps.", nameof(input));
    }
}
