using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// The first variables stay, and each other one goes through an increasing rational-quadratic spline whose knots come from the first (Durkan et al., 2019). Both ways
/// are one pass; the identity at first, and always outside the bound.
/// </summary>
public sealed class SplineCoupling : Flow
{
    private readonly Conditioner _network;
    private readonly long _kept;
    private readonly long _moved;
    private readonly long _bins;
    private readonly double _bound;

    /// <summary>Creates the map.</summary>
    /// <param name="inputDim">The number of variables: the size of the last dimension.</param>
    /// <param name="hiddenDim">The number of hidden units.</param>
    /// <param name="kept">How many variables stay; half of them where none is given.</param>
    /// <param name="bins">The number of bins; 2 at least.</param>
    /// <param name="bound">Where the splines end on both sides.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">No variable stays, all do, or there are not two bins or a positive bound.</exception>
    public SplineCoupling(long inputDim, long hiddenDim, long? kept = null, int bins = 8, double bound = 3, ScalarType? dtype = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        _kept = Coupling.Kept(inputDim, kept);
        (_moved, _bins, _bound) = (inputDim - _kept, bins, bound);
        _network = new Conditioner(_kept, hiddenDim, _moved * (3 * _bins - 1), dtype);
    }

    /// <inheritdoc/>
    public override Conditioner Network => _network;

    /// <inheritdoc/>
    internal override long? InputSize => _kept + _moved;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var (first, rest) = Coupling.Split(x, _kept, _moved);
        return cat([first, Spline(first).Forward(rest).Value], -1);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var (first, rest) = Coupling.Split(y, _kept, _moved);
        return cat([first, Spline(first).Inverse(rest)], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y)
    {
        var (first, rest) = Coupling.Split(x, _kept, _moved);
        return Spline(first).Forward(rest).LogSlope.sum(-1);
    }

    /// <inheritdoc/>
    internal override Tensor? Recall(Tensor x, Tensor y)
    {
        var (first, rest) = Coupling.Split(x, _kept, _moved);
        var (value, logSlope) = Spline(first).Forward(rest);
        return Agree(value, y.narrow(-1, _kept, _moved)) ? logSlope.sum(-1) : null;
    }

    private RationalSpline Spline(Tensor first)
    {
        var outputs = _network.forward(first);
        return new RationalSpline(outputs.reshape([.. outputs.Sizes().AsSpan(0, outputs.Sizes().Length - 1), _moved, 3 * _bins - 1]), _bins, _bound);
    }
}
