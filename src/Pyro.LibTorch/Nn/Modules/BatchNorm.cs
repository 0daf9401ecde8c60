using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalization of each channel over the batch; outside of training, by the running statistics.</summary>
public abstract class BatchNorm : NormBase
{
    /// <summary>A normalization of num_features channels.</summary>
    protected BatchNorm(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        var weightOfBatch = momentum ?? 0;
        if (training && track_running_stats)
        {
            num_batches_tracked!.add_(1L);
            weightOfBatch = momentum ?? 1.0 / num_batches_tracked.item<long>();
        }
        return nn.functional.batch_norm(input, running_mean!, running_var!, weight, bias, training || !track_running_stats, weightOfBatch, eps);
    }
}

/// <summary>Batch normalization of (N, C) or (N, C, L).</summary>
public sealed class BatchNorm1d : BatchNorm
{
    internal BatchNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm1d))
    {
    }

    /// <inheritdoc/>
    protected override void ValidateInputDimensions(Tensor input)
    {
        if (input.dim() is not (2 or 3))
            throw new ArgumentException($"BatchNorm1d takes two or three dimensions, not shape [{string.Join(", ", input.shape)}].");
    }
}

/// <summary>Batch normalization of images (N, C, H, W).</summary>
public sealed class BatchNorm2d : BatchNorm
{
    internal BatchNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
    {
    }

    /// <inheritdoc/>
    protected override void ValidateInputDimensions(Tensor input)
    {
        if (input.dim() != 4)
            throw new ArgumentException($"BatchNorm2d takes four dimensions, not shape [{string.Join(", ", input.shape)}].");
    }
}

/// <summary>Batch normalization of volumes (N, C, D, H, W).</summary>
public sealed class BatchNorm3d : BatchNorm
{
    internal BatchNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm3d))
    {
    }

    /// <inheritdoc/>
    protected override void ValidateInputDimensions(Tensor input)
    {
        if (input.dim() != 5)
            throw new ArgumentException($"BatchNorm3d takes five dimensions, not shape [{string.Join(", ", input.shape)}].");
    }
}
