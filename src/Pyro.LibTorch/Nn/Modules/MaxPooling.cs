using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The largest element of each window of signals (N, C, L).</summary>
public sealed class MaxPool1d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool1d(long kernel_size, long? stride, long? padding, long? dilation, bool ceil_mode)
        : base(nameof(MaxPool1d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.padding = padding;
        this.dilation = dilation;
        this.ceil_mode = ceil_mode;
    }

    /// <summary>The size of a window.</summary>
    public long kernel_size { get; set; }

    /// <summary>The step of the window; null: its size.</summary>
    public long? stride { get; set; }

    /// <summary>The padding on both sides. Null: none.</summary>
    public long? padding { get; set; }

    /// <summary>The distance between a window's elements. Null: 1.</summary>
    public long? dilation { get; set; }

    /// <summary>Whether an incomplete window at the end counts.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The largest elements and their indices in the input.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        nn.functional.max_pool1d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
}

/// <summary>The largest element of each window of images (N, C, H, W).</summary>
public sealed class MaxPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool2d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
        : base(nameof(MaxPool2d))
    {
        (this.kernel_size, this.stride, this.padding) = (kernel_size, stride ?? kernel_size, padding ?? [0, 0]);
        (this.dilation, this.ceil_mode) = (dilation ?? [1, 1], ceil_mode);
    }

    /// <summary>The size of a window.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The steps of the window.</summary>
    public long[] stride { get; set; }

    /// <summary>The padding on both sides.</summary>
    public long[] padding { get; set; }

    /// <summary>The distance between a window's elements.</summary>
    public long[] dilation { get; set; }

    /// <summary>Whether an incomplete window at the end counts.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The largest elements and their flat indices in the input.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        nn.functional.max_pool2d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
}

/// <summary>The largest element of each window of volumes (N, C, D, H, W).</summary>
public sealed class MaxPool3d : ParameterLessModule<Tensor, Tensor>
{
    internal MaxPool3d(long[] kernel_size, long[]? stride, long[]? padding, long[]? dilation, bool ceil_mode)
        : base(nameof(MaxPool3d))
    {
        this.kernel_size = kernel_size;
        this.stride = stride ?? kernel_size;
        this.padding = padding ?? [0, 0, 0];
        this.dilation = dilation ?? [1, 1, 1];
        this.ceil_mode = ceil_mode;
    }

    /// <summary>The size of a window.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The steps of the window.</summary>
    public long[] stride { get; set; }

    /// <summary>The padding on both sides.</summary>
    public long[] padding { get; set; }

    /// <summary>The distance between a window's elements.</summary>
    public long[] dilation { get; set; }

    /// <summary>Whether an incomplete window at the end counts.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.max_pool3d(input, kernel_size, stride, padding, dilation, ceil_mode);

    /// <summary>The largest elements and their flat indices in the input.</summary>
    public (Tensor Values, Tensor Indices) forward_with_indices(Tensor input) =>
        nn.functional.max_pool3d_with_indices(input, kernel_size, stride, padding, dilation, ceil_mode);
}
