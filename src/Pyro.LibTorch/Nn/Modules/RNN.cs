using Pyro.LibTorch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A simple recurrent network.</summary>
public sealed class RNN : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private readonly Recurrent recurrent;
    private readonly bool batchFirst;
    private readonly double dropout;
    private readonly nn.NonLinearities nonLinearity;

    internal RNN(long inputSize, long hiddenSize, long numLayers, nn.NonLinearities nonLinearity, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(RNN))
    {
        (this.batchFirst, this.dropout) = (batchFirst, dropout);
        this.nonLinearity = nonLinearity;
        recurrent = new Recurrent(this, 1, inputSize, hiddenSize, numLayers, bias, bidirectional, device, dtype);
    }

    /// <summary>The outputs of the last layer for each step, and the last states of all layers.</summary>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
    {
        var results = recurrent.Run(input, h0 is null ? [] : [h0], batchFirst, Compute);
        return (results[0], results[1]);
    }

    /// <summary>The outputs of the last layer for each step, and the last states of all layers; zeros are the first state unless given.</summary>
    public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);

    /// <summary>Nothing to do: the weights are as the processor wants them.</summary>
    public void flatten_parameters()
    {
    }

    /// <summary>The weight of the input, by layer and direction.</summary>
    public Parameter get_weight_ih(long idx) => recurrent.At(0, idx);

    /// <summary>The weight of the state, by layer and direction.</summary>
    public Parameter get_weight_hh(long idx) => recurrent.At(1, idx);

    /// <summary>The bias of the input, by layer and direction.</summary>
    public Parameter get_bias_ih(long idx) => recurrent.At(2, idx);

    /// <summary>The bias of the state, by layer and direction.</summary>
    public Parameter get_bias_hh(long idx) => recurrent.At(3, idx);

    /// <summary>The same for packed sequences.</summary>
    public (nn.utils.rnn.PackedSequence, Tensor) call(nn.utils.rnn.PackedSequence input, Tensor? h0 = null)
    {
        var (output, states) = recurrent.Run(input, h0 is null ? [] : [h0], Compute);
        return (output, states[0]);
    }

    private Tensor[] Compute(Tensor data, Tensor sizes, Tensor[] states)
    {
        var (output, h) = nonLinearity == nn.NonLinearities.ReLU
            ? Ops.rnn_relu__packed(data, sizes, states[0], recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional)
            : Ops.rnn_tanh__packed(data, sizes, states[0], recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional);
        return [output, h];
    }

    private Tensor[] Compute(Tensor input, Tensor[] states)
    {
        var (output, h) = nonLinearity == nn.NonLinearities.ReLU
            ? Ops.rnn_relu(input, states[0], recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional, batchFirst)
            : Ops.rnn_tanh(input, states[0], recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional, batchFirst);
        return [output, h];
    }
}
