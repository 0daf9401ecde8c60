using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>input1 · weight · input2 + bias.</summary>
public sealed class Bilinear : nn.Module<Tensor, Tensor, Tensor>
{
    internal Bilinear(long in1_features, long in2_features, long out_features, bool hasBias, Device? device, ScalarType? dtype)
        : base(nameof(Bilinear))
    {
        (this.in1_features, this.in2_features, this.out_features) = (in1_features, in2_features, out_features);
        // PyTorch's first values: uniform within ±1/√inputs.
        var bound = 1 / Math.Sqrt(in1_features);
        register_parameter(nameof(weight), First.Uniform([out_features, in1_features, in2_features], bound, device, dtype));
        register_parameter(nameof(bias), hasBias ? First.Uniform([out_features], bound, device, dtype) : null);
    }

    /// <summary>Shape (out_features); null without bias.</summary>
    public Parameter? bias
    {
        get => Own(nameof(bias));
        set => Replace(nameof(bias), value);
    }

    /// <summary>Shape (out_features, in1_features, in2_features).</summary>
    public Parameter weight
    {
        get => Own(nameof(weight))!;
        set => Replace(nameof(weight), value);
    }

    /// <summary>The size of the first input's last dimension.</summary>
    public long in1_features { get; set; }

    /// <summary>The size of the second input's last dimension.</summary>
    public long in2_features { get; set; }

    /// <summary>The size of the output's last dimension.</summary>
    public long out_features { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input1, Tensor input2) => nn.functional.bilinear(input1, input2, weight, bias);
}
