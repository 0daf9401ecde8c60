using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The windows of images (N, C, H, W) as columns (N, C · window, windows).</summary>
public sealed class Unfold : ParameterLessModule<Tensor, Tensor>
{
    internal Unfold((long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride)
        : base(nameof(Unfold))
    {
        this.kernel_size = kernel_size;
        this.dilation = dilation;
        this.padding = padding;
        this.stride = stride;
    }

    /// <summary>The size of a window.</summary>
    public (long, long) kernel_size { get; set; }

    /// <summary>The distance between a window's elements.</summary>
    public (long, long) dilation { get; set; }

    /// <summary>The padding on both sides.</summary>
    public (long, long) padding { get; set; }

    /// <summary>The steps of the window.</summary>
    public (long, long) stride { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.unfold(tensor, kernel_size, dilation, padding, stride);
}

/// <summary>Images from columns; where windows overlap, their sum.</summary>
public sealed class Fold : ParameterLessModule<Tensor, Tensor>
{
    internal Fold((long, long) output_size, (long, long) kernel_size, (long, long) dilation, (long, long) padding, (long, long) stride)
        : base(nameof(Fold))
    {
        this.output_size = output_size;
        this.kernel_size = kernel_size;
        this.dilation = dilation;
        this.padding = padding;
        this.stride = stride;
    }

    /// <summary>The size of the images.</summary>
    public (long, long) output_size { get; set; }

    /// <summary>The size of a window.</summary>
    public (long, long) kernel_size { get; set; }

    /// <summary>The distance between a window's elements.</summary>
    public (long, long) dilation { get; set; }

    /// <summary>The padding on both sides.</summary>
    public (long, long) padding { get; set; }

    /// <summary>The steps of the window.</summary>
    public (long, long) stride { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.fold(tensor, output_size, kernel_size, dilation, padding, stride);
}
