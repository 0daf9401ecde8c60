using Pyro.Nn;
using static TorchSharp.torch;

namespace Pyro.Distributions.Transforms;

/// <summary>
/// y = s x + (1 − s) m, where s = sigmoid(h + bias) and m of a variable come from the variables before it (Kingma et al., 2016). Sampling is one pass; the
/// inverse of a value that was not just drawn takes one pass a variable. ln |det| = Σ ln s.
/// </summary>
public sealed class InverseAutoregressiveFlow : Flow
{
    private readonly AutoRegressiveNN _network;
    private readonly double _bias;

    /// <summary>Creates the map.</summary>
    /// <param name="inputDim">The number of variables: the size of the last dimension.</param>
    /// <param name="hiddenDim">The number of hidden units.</param>
    /// <param name="sigmoidBias">What is added before the sigmoid; where it is large, the map is near the identity at first.</param>
    /// <param name="permutation">The variables' order; that of the input where none is given.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public InverseAutoregressiveFlow(
        long inputDim, long hiddenDim, double sigmoidBias = 2, long[]? permutation = null, ScalarType? dtype = null)
        : this(new AutoRegressiveNN(inputDim, hiddenDim, 2, permutation: permutation, dtype: dtype), sigmoidBias)
    {
    }

    /// <summary>Creates the map over a network.</summary>
    /// <param name="network">The network, with two outputs for each variable.</param>
    /// <param name="sigmoidBias">What is added before the sigmoid.</param>
    /// <exception cref="ArgumentException">The network has another number of outputs.</exception>
    public InverseAutoregressiveFlow(AutoRegressiveNN network, double sigmoidBias = 2)
    {
        if (network.OutputDimMultiplier != 2)
            throw new ArgumentException($"The network has {network.OutputDimMultiplier} outputs for each variable; the flow needs 2.", nameof(network));
        (_network, _bias) = (network, sigmoidBias);
    }

    /// <inheritdoc/>
    public override AutoRegressiveNN Network => _network;

    /// <inheritdoc/>
    internal override long? InputSize => Network.InputDim;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        var (gate, mean) = Heads(x);
        return gate * x + (1 - gate) * mean;
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        // A variable is right once those before it are; then it stays.
        var x = y.zeros_like();
        foreach (var variable in _network.Permutation)
        {
            var (gate, mean) = Heads(x);
            var next = (y - (1 - gate) * mean) / gate;
            x = where(arange(_network.InputDim, ScalarType.Int64, y.device).eq(variable), next, x);
        }
        return x;
    }

    /// <inheritdoc/>
    public override Tensor LogDetJacobian(Tensor x, Tensor y) => -Logs.Softplus(-Scores(_network.forward(x))).sum(-1);

    /// <inheritdoc/>
    internal override Tensor? Recall(Tensor x, Tensor y)
    {
        var (now, change) = Both(x);
        return Agree(now, y) ? change : null;
    }

    /// <summary>What values are mapped to, with the volume change: one pass through the network.</summary>
    internal (Tensor Value, Tensor Change) Both(Tensor x)
    {
        var outputs = _network.forward(x);
        var scores = Scores(outputs);
        var gate = scores.sigmoid();
        return (gate * x + (1 - gate) * outputs.narrow(-1, _network.InputDim, _network.InputDim), -Logs.Softplus(-scores).sum(-1));
    }

    private Tensor Scores(Tensor outputs) => outputs.narrow(-1, 0, _network.InputDim) + _bias;

    private (Tensor Gate, Tensor Mean) Heads(Tensor x)
    {
        var outputs = _network.forward(x);
        return (Scores(outputs).sigmoid(), outputs.narrow(-1, _network.InputDim, _network.InputDim));
    }
}
