using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// An <see cref="InverseAutoregressiveFlow"/> the other way round (Papamakarios et al., 2017): scoring any value is one pass, sampling takes one pass a variable. For densities
/// of data.
/// </summary>
public sealed class MaskedAutoregressiveFlow : Flow
{
    private readonly InverseAutoregressiveFlow _back;

    /// <summary>Creates the map.</summary>
    /// <param name="inputDim">The number of variables: the size of the last dimension.</param>
    /// <param name="hiddenDim">The number of hidden units.</param>
    /// <param name="sigmoidBias">What is added before the sigmoid; where it is large, the map is near the identity at first.</param>
    /// <param name="permutation">The variables' order; that of the input where none is given.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public MaskedAutoregressiveFlow(
        long inputDim, long hiddenDim, double sigmoidBias = 2, long[]? permutation = null, ScalarType? dtype = null) =>
        _back = new InverseAutoregressiveFlow(inputDim, hiddenDim, sigmoidBias, permutation, dtype);

    /// <inheritdoc/>
    public override AutoRegressiveNN Network => _back.Network;

    /// <inheritdoc/>
    internal override long? InputSize => Network.InputDim;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => _back.Inverse(x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => _back.Forward(y);

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => -_back.LogDetJacobian(y, x);

    /// <inheritdoc/>
    internal override Tensor? Recall(Tensor x, Tensor y)
    {
        var (back, change) = _back.Both(y);
        return Agree(back, x) ? -change : null;
    }
}
