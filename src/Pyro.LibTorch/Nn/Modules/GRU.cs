using Pyro.LibTorch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Gated recurrent units (Cho et al. 2014).</summary>
public sealed class GRU : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
{
    private readonly Recurrent recurrent;
    private readonly bool batchFirst;
    private readonly double dropout;

    internal GRU(long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        : base(nameof(GRU))
    {
        (this.batchFirst, this.dropout) = (batchFirst, dropout);
        recurrent = new Recurrent(this, 3, inputSize, hiddenSize, numLayers, bias, bidirectional, device, dtype);
    }

    /// <summary>The outputs of the last layer for each step, and the last states of all layers.</summary>
    public override (Tensor, Tensor) forward(Tensor input, Tensor? h0 = null)
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

    /// <summary>The same for packed sequences.</summary>
    public (nn.utils.rnn.PackedSequence, Tensor) call(nn.utils.rnn.PackedSequence input, Tensor? h0 = null)
    {
        var (output, states) = recurrent.Run(input, h0 is null ? [] : [h0], Compute);
        return (output, states[0]);
    }

    private Tensor[] Compute(Tensor data, Tensor sizes, Tensor[] states)
    {
        var (output, h) = Ops.gru__packed(data, sizes, states[0], recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional);
        return [output, h];
    }

    private Tensor[] Compute(Tensor input, Tensor[] states)
    {
        var (output, h) = Ops.gru(
            input, states[0], recurrent.Weights, recurrent.Bias, recurrent.Layers, dropout, training, recurrent.Bidirectional, batchFirst);
        return [output, h];
    }
}
