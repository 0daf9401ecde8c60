using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The weights of a recurrent network, layer by layer and, where bidirectional, direction by direction.</summary>
internal sealed class Recurrent
{
    private readonly long hiddenSize;
    private readonly List<Parameter> weights = [];

    internal Recurrent(nn.Module owner, long gates, long inputSize, long hiddenSize, long layers, bool bias, bool bidirectional, Device? device, ScalarType? dtype)
    {
        this.hiddenSize = hiddenSize;
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

    /// <summary>A state of zeros for a batch like the input.</summary>
    internal Tensor Start(Tensor input, bool batchFirst) => input.dim() == 2
        ? zeros(Layers * Directions, hiddenSize, dtype: input.dtype, device: input.device)
        : zeros(Layers * Directions, input.shape[batchFirst ? 0 : 1], hiddenSize, dtype: input.dtype, device: input.device);

    /// <summary>A weight by its kind (0 ih, 1 hh, 2 and 3 the biases) and its place among the layers and directions.</summary>
    internal Parameter At(long kind, long place) => weights[checked((int)((place * (Bias ? 4 : 2)) + kind))];
}
