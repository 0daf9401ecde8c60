using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalization of groups of channels of each example, with learned scale and shift.</summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, Device? device, ScalarType? dtype)
        : base(nameof(GroupNorm))
    {
        if (num_groups < 1 || num_channels % num_groups != 0)
            throw new ArgumentException($"{num_channels} channels do not divide into {num_groups} groups.");
        (this.num_groups, this.eps, this.affine) = (num_groups, eps, affine);
        register_parameter(nameof(weight), affine ? First.Constant([num_channels], 1, device, dtype) : null);
        register_parameter(nameof(bias), affine ? First.Constant([num_channels], 0, device, dtype) : null);
    }

    /// <summary>The shift of each channel; null where not affine.</summary>
    public Parameter? bias
    {
        get => Own(nameof(bias));
        set => Replace(nameof(bias), value);
    }

    /// <summary>The scale of each channel; null where not affine.</summary>
    public Parameter? weight
    {
        get => Own(nameof(weight));
        set => Replace(nameof(weight), value);
    }

    /// <summary>The number of groups.</summary>
    public long num_groups { get; set; }

    /// <summary>What is added to the variance.</summary>
    public double eps { get; set; }

    /// <summary>Whether there are learned scale and shift.</summary>
    public bool affine { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
}
