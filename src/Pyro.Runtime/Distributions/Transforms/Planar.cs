using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// y = x + û tanh(wᵀx + b), with û = u + (softplus(wᵀu) − 1 − wᵀu) w/|w|², so that wᵀû is above −1 and the map is one to one (Rezende and Mohamed, 2015).
/// ln |det| = ln(1 + (1 − tanh²) wᵀû). The inverse is the root of an increasing function of one number.
/// </summary>
public sealed class Planar : Flow
{
    // Halves of an interval of length 2 |wᵀû|, down to rounding.
    private const int Halvings = 64;

    private readonly PlanarWeights _weights;

    /// <summary>Creates the map.</summary>
    /// <param name="inputDim">The number of variables: the size of the last dimension.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public Planar(long inputDim, ScalarType? dtype = null) => _weights = new PlanarWeights(inputDim, dtype);

    /// <inheritdoc/>
    public override PlanarWeights Network => _weights;

    /// <inheritdoc/>
    internal override long? InputSize => _weights.W.Sizes()[0];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var (direction, _) = Direction();
        return x + direction * (Project(x) + _weights.Bias).tanh().unsqueeze(-1);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var (direction, slope) = Direction();
        var target = Project(y);
        var at = Root(target, slope);
        return y - direction * (at + _weights.Bias).tanh().unsqueeze(-1);
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        // 1 + (1 − tanh²) wᵀû with wᵀû = softplus(wᵀu) − 1, as a sum of numbers that are not negative.
        var square = (Project(x) + _weights.Bias).tanh().square();
        return Noise.Positive(square + (1 - square) * Logs.Softplus((_weights.W * _weights.U).sum())).log();
    }

    private Tensor Project(Tensor x) => (x * _weights.W).sum(-1);

    /// <summary>û, and wᵀû = softplus(wᵀu) − 1.</summary>
    private (Tensor Direction, Tensor Slope) Direction()
    {
        var (u, w) = (_weights.U, _weights.W);
        var inner = (w * u).sum();
        var slope = Logs.Softplus(inner) - 1;
        return (u + (slope - inner) * w / w.square().sum(), slope);
    }

    /// <summary>The number a = wᵀx with a + wᵀû tanh(a + b) = wᵀy.</summary>
    private Tensor Root(Tensor target, Tensor slope)
    {
        Tensor at;
        using (no_grad())
        {
            var (low, high) = (target - slope.abs(), target + slope.abs());
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (low + high) / 2;
                var above = (middle + slope * (middle + _weights.Bias).tanh()).gt(target);
                (low, high) = (where(above, low, middle), where(above, middle, high));
            }
            at = (low + high) / 2;
        }

        // One step of Newton's, with the root as a constant: exact already, and its gradient is that of the implicit function.
        var tanh = (at + _weights.Bias).tanh();
        var derivative = (1 + slope * (1 - tanh.square())).detach();
        return at - (at + slope * tanh - target) / derivative;
    }
}
