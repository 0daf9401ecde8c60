using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The p-norm of each window of signals (N, C, L).</summary>
public sealed class LPPool1d : ParameterLessModule<Tensor, Tensor>
{
    internal LPPool1d(double norm_type, long kernel_size, long? stride, bool ceil_mode)
        : base(nameof(LPPool1d))
    {
        this.norm_type = norm_type;
        this.kernel_size = kernel_size;
        this.stride = stride;
        this.ceil_mode = ceil_mode;
    }

    /// <summary>The p of the norm.</summary>
    public double norm_type { get; set; }

    /// <summary>The size of a window.</summary>
    public long kernel_size { get; set; }

    /// <summary>The step of the window; null: its size.</summary>
    public long? stride { get; set; }

    /// <summary>Whether an incomplete window at the end counts.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.lp_pool1d(input, norm_type, kernel_size, stride, ceil_mode);
}

/// <summary>The p-norm of each window of images (N, C, H, W).</summary>
public sealed class LPPool2d : ParameterLessModule<Tensor, Tensor>
{
    internal LPPool2d(double norm_type, long[] kernel_size, long[]? stride, bool ceil_mode)
        : base(nameof(LPPool2d))
    {
        this.norm_type = norm_type;
        this.kernel_size = kernel_size;
        this.stride = stride ?? kernel_size;
        this.ceil_mode = ceil_mode;
    }

    /// <summary>The p of the norm.</summary>
    public double norm_type { get; set; }

    /// <summary>The size of a window.</summary>
    public long[] kernel_size { get; set; }

    /// <summary>The steps of the window.</summary>
    public long[] stride { get; set; }

    /// <summary>Whether an incomplete window at the end counts.</summary>
    public bool ceil_mode { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.lp_pool2d(input, norm_type, kernel_size, stride, ceil_mode);
}
