using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x · weightᵀ + bias.</summary>
public sealed class Linear : nn.Module<Tensor, Tensor>
{
    internal Linear(Parameter weight, Parameter? bias)
        : base(nameof(Linear))
    {
        (out_features, in_features) = (weight.shape[0], weight.shape[1]);
        register_parameter(nameof(weight), weight);
        register_parameter(nameof(bias), bias);
    }

    internal static Linear Create(long inputs, long outputs, bool hasBias, Device? device, ScalarType? dtype)
    {
        // PyTorch's first values: uniform within ±1/√inputs.
        var bound = inputs > 0 ? 1 / Math.Sqrt(inputs) : 0;
        return new(First.Uniform([outputs, inputs], bound, device, dtype), hasBias ? First.Uniform([outputs], bound, device, dtype) : null);
    }

    /// <summary>Shape (out_features); null without bias.</summary>
    public Parameter? bias
    {
        get => Own(nameof(bias));
        set => Replace(nameof(bias), value);
    }

    /// <summary>Shape (out_features, in_features).</summary>
    public Parameter weight
    {
        get => Own(nameof(weight))!;
        set => Replace(nameof(weight), value);
    }

    /// <summary>The size of the input's last dimension.</summary>
    public long in_features { get; }

    /// <summary>The size of the output's last dimension.</summary>
    public long out_features { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, weight, bias);
}
