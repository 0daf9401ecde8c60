using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalization over the last dimensions of each example.</summary>
public sealed class LayerNorm : nn.Module<Tensor, Tensor>
{
    internal LayerNorm(long[] normalized_shape, double eps, bool elementwise_affine, bool hasBias, Device? device, ScalarType? dtype)
        : base(nameof(LayerNorm))
    {
        (this.normalized_shape, this.eps, this.elementwise_affine) = (normalized_shape, eps, elementwise_affine);
        register_parameter(nameof(weight), elementwise_affine ? First.Constant(normalized_shape, 1, device, dtype) : null);
        register_parameter(nameof(bias), elementwise_affine && hasBias ? First.Constant(normalized_shape, 0, device, dtype) : null);
    }

    /// <summary>The shift of each element; null where there is none.</summary>
    public Parameter? bias
    {
        get => Own(nameof(bias));
        set => Replace(nameof(bias), value);
    }

    /// <summary>The scale of each element; null where not affine.</summary>
    public Parameter? weight
    {
        get => Own(nameof(weight));
        set => Replace(nameof(weight), value);
    }

    /// <summary>The sizes of the last dimensions.</summary>
    public long[] normalized_shape { get; set; }

    /// <summary>What is added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Whether there is a learned scale.</summary>
    public bool elementwise_affine { get; set; }

    /// <summary>Starts over.</summary>
    public void reset_parameters()
    {
        if (weight is not null)
            nn.init.ones_(weight);
        if (bias is not null)
            nn.init.zeros_(bias);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, normalized_shape, weight, bias, eps);
}
