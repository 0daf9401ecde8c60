using Pyro.LibTorch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Long short-term memory (Hochreiter and Schmidhuber 1997).</summary>
public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
{
    private readonly Recurrent recurrent;
    private readonly bool batchFirst;
    private readonly double dropout;

    internal LSTM(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(LSTM))
    {
        (this.batchFirst, this.dropout) = (batchFirst, dropout);
        recurrent = new Recurrent(this, 4, inputSize, hiddenSize, numLayers, bias, bidirectional, device, dtype);
    }

    /// <summary>The outputs of the last layer for each step, and the last hidden and cell states of all layers.</summary>
    public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
    {
        var results = recurrent.Run(input, h0_c0 is var (h0, c0) ? [h0, c0] : [], batchFirst, Compute);
        return (results[0], results[1], results[2]);
    }

    /// <summary>The outputs of the last layer for each step, and the last hidden and cell states of all layers; zeros are the first state unless given.</summary>
    public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);

    /// <summary>Nothing to do: the weights are as the processor wants them.</summary>
    public void flatten_parameters()
    {
    }

    /// <summary>The same for packed sequences.</summary>
    public (nn.utils.rnn.PackedSequence, Tensor, Tensor) call(nn.utils.rnn.PackedSequence input, (Tensor, Tensor)? h0_c0 = null)
    {
        var (output, states) = recurrent.Run(input, h0_c0 is var (h0, c0) ? [h0, c0] : [], Compute);
        return (output, states[0], states[1]);
    }

    private Tensor[] Compute(Tensor data, Tensor sizes, Tensor[] states)
    {
        var (output, h, c) = Ops.lstm__packed(data, sizes, states, recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional);
        return [output, h, c];
    }

    private Tensor[] Compute(Tensor input, Tensor[] states)
    {
        var (output, h, c) = Ops.lstm(
            input, states, recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional, batchFirst);
        return [output, h, c];
    }
}
