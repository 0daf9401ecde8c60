using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Signals, images or volumes in another size.</summary>
public sealed class Upsample : ParameterLessModule<Tensor, Tensor>
{
    private readonly long[]? sizes;
    private readonly double[]? scales;

    internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
        : base(nameof(Upsample))
    {
        (sizes, scales) = (size, scale_factor);
        (this.mode, this.align_corners, this.recompute_scale_factor) = (mode, align_corners, recompute_scale_factor);
    }

    /// <summary>How elements are found between the given ones.</summary>
    public UpsampleMode mode { get; }

    /// <summary>Whether the corners stay where they are.</summary>
    public bool? align_corners { get; }

    /// <summary>Whether the scale is computed anew from the sizes.</summary>
    public bool? recompute_scale_factor { get; set; }

    /// <summary>The size wanted; empty where a scale is.</summary>
    public ReadOnlySpan<long> size => sizes;

    /// <summary>The scale wanted; empty where a size is.</summary>
    public ReadOnlySpan<double> scale_factor => scales;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) =>
        nn.functional.interpolate(input, sizes, scales, (InterpolationMode)mode, align_corners, recompute_scale_factor ?? false);
}
