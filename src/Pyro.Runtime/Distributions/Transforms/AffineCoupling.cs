using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// The first variables stay, and y = x exp(s) + t for the others, with s and t from the first (Dinh et al., 2017). |s| is below 3. Both ways are one pass;
/// the identity at first.
/// </summary>
public sealed class AffineCoupling : Flow
{
    // Keeps factors within [0.05, 20], so that early steps of training do not overflow.
    private const double Bound = 3;

    private readonly Conditioner _network;
    private readonly long _kept;
    private readonly long _moved;

    /// <summary>Creates the map.</summary>
    /// <param name="inputDim">The number of variables: the size of the last dimension.</param>
    /// <param name="hiddenDim">The number of hidden units.</param>
    /// <param name="kept">How many variables stay; half of them where none is given.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">No variable stays, or all do.</exception>
    public AffineCoupling(long inputDim, long hiddenDim, long? kept = null, ScalarType? dtype = null)
    {
        _kept = Coupling.Kept(inputDim, kept);
        _moved = inputDim - _kept;
        _network = new Conditioner(_kept, hiddenDim, 2 * _moved, dtype);
    }

    /// <inheritdoc/>
    public override Conditioner Network => _network;

    /// <inheritdoc/>
    internal override long? InputSize => _kept + _moved;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var (first, rest) = Coupling.Split(x, _kept, _moved);
        var (scale, shift) = Heads(first);
        return cat([first, rest * scale.exp() + shift], -1);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        var (first, rest) = Coupling.Split(y, _kept, _moved);
        var (scale, shift) = Heads(first);
        return cat([first, (rest - shift) * (-scale).exp()], -1);
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => Heads(x.narrow(-1, 0, _kept)).Scale.sum(-1);

    /// <inheritdoc/>
    internal override Tensor? Recall(Tensor x, Tensor y)
    {
        var (first, rest) = Coupling.Split(x, _kept, _moved);
        var (scale, shift) = Heads(first);
        return Agree(rest * scale.exp() + shift, y.narrow(-1, _kept, _moved)) ? scale.sum(-1) : null;
    }

    private (Tensor Scale, Tensor Shift) Heads(Tensor first)
    {
        var outputs = _network.forward(first);
        return (Bound * (outputs.narrow(-1, 0, _moved) / Bound).tanh(), outputs.narrow(-1, _moved, _moved));
    }
}
