using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The weights of a recurrent network, layer by layer and, where bidirectional, direction by direction.</summary>
internal sealed class Recurrent
{
    private const int LstmGates = 4;

    private readonly long gates;
    private readonly long hiddenSize;
    private readonly List<Parameter> weights = [];

    internal Recurrent(nn.Module owner, long gates, long inputSize, long hiddenSize, long layers, bool bias, bool bidirectional, Device? device, ScalarType? dtype)
    {
        (this.gates, this.hiddenSize) = (gates, hiddenSize);
        (Layers, Bias, Bidirectional) = (layers, bias, bidirectional);
        var bound = 1 / Math.Sqrt(hiddenSize);
        for (var layer = 0L; layer < layers; layer++)
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                var size = layer == 0 ? inputSize : hiddenSize * Directions;
                Register("weight_ih", [gates * hiddenSize, size]);
                Register("weight_hh", [gates * hiddenSize, hiddenSize]);
                if (bias)
                {
                    Register("bias_ih", [gates * hiddenSize]);
                    Register("bias_hh", [gates * hiddenSize]);
                }

                void Register(string name, long[] shape)
                {
                    var parameter = First.Uniform(shape, bound, device, dtype);
                    weights.Add(parameter);
                    owner.register_parameter($"{name}_l{layer}{suffix}", parameter);
                }
            }
    }

    internal long Layers { get; }

    internal bool Bias { get; }

    internal bool Bidirectional { get; }

    internal ReadOnlySpan<Tensor> Weights => weights.ToArray<Tensor>();

    private long Directions => Bidirectional ? 2 : 1;

    /// <summary>
    /// The outputs and the last states, computed from a batch of sequences and first states: zeros where none are given, and a batch of one where the input
    /// is a single sequence (steps, features).
    /// </summary>
    internal Tensor[] Run(Tensor input, ReadOnlySpan<Tensor> states, bool batchFirst, Func<Tensor, Tensor[], Tensor[]> compute)
    {
        using var scope = NewDisposeScope();
        var single = input.dim() == 2;
        var batchDim = batchFirst ? 0 : 1;
        var batch = single ? input.unsqueeze(batchDim) : input;
        var first = new Tensor[gates == LstmGates ? 2 : 1];
        for (var i = 0; i < first.Length; i++)
            first[i] = states.Length == 0
                ? zeros(Layers * Directions, batch.shape[batchDim], hiddenSize, dtype: input.dtype, device: input.device)
                : single ? states[i].unsqueeze(1) : states[i];
        var results = compute(batch, first);
        for (var i = 0; i < results.Length; i++)
            results[i] = (single ? results[i].squeeze(i == 0 ? batchDim : 1) : results[i]).MoveToOuterDisposeScope();
        return results;
    }

    /// <summary>The same for packed sequences; the states are in the order in which the sequences were given.</summary>
    internal (nn.utils.rnn.PackedSequence Output, Tensor[] States) Run(
        nn.utils.rnn.PackedSequence input, ReadOnlySpan<Tensor> states, Func<Tensor, Tensor, Tensor[], Tensor[]> compute)
    {
        using var scope = NewDisposeScope();
        var first = new Tensor[gates == LstmGates ? 2 : 1];
        for (var i = 0; i < first.Length; i++)
            first[i] = states.Length == 0
                ? zeros(Layers * Directions, input.batch_sizes[0].item<long>(), hiddenSize, dtype: input.data.dtype, device: input.data.device)
                : input.sorted_indices is { } sorted ? states[i].index_select(1, sorted) : states[i];
        var results = compute(input.data, input.batch_sizes, first);
        var last = results[1..];
        for (var i = 0; i < last.Length; i++)
            last[i] = (input.unsorted_indices is { } places ? last[i].index_select(1, places) : last[i]).MoveToOuterDisposeScope();
        var output = new nn.utils.rnn.PackedSequence(results[0], input.batch_sizes.alias(), input.sorted_indices?.alias(), input.unsorted_indices?.alias());
        return (output.MoveToOuterDisposeScope(), last);
    }

    /// <summary>A weight by its kind (0 ih, 1 hh, 2 and 3 the biases) and its place among the layers and directions.</summary>
    internal Parameter At(long kind, long place) => weights[checked((int)((place * (Bias ? 4 : 2)) + kind))];
}
