using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Normalization of each channel of each example; with running statistics, by them outside of training.</summary>
public abstract class InstanceNorm : NormBase
{
    /// <summary>A normalization of num_features channels.</summary>
    protected InstanceNorm(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype, string name)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, name)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        ValidateInputDimensions(input);
        if (input.dim() == GetNumberOfBatchDimensions())
            return Normalized(input);
        using var scope = NewDisposeScope();
        return Normalized(input.unsqueeze(0)).squeeze(0).MoveToOuterDisposeScope();
    }

    /// <summary>The number of dimensions that an input has when it is a batch.</summary>
    protected abstract long GetNumberOfBatchDimensions();

    /// <inheritdoc/>
    protected override void ValidateInputDimensions(Tensor input)
    {
        var batch = GetNumberOfBatchDimensions();
        if (input.dim() != batch && input.dim() != batch - 1)
            throw new ArgumentException($"{GetName()} takes {batch - 1} or {batch} dimensions, not shape [{string.Join(", ", input.shape)}].");
    }

    private Tensor Normalized(Tensor batch) =>
        nn.functional.instance_norm(batch, running_mean, running_var, weight, bias, training || !track_running_stats, momentum ?? 0, eps);
}

/// <summary>Instance normalization of signals (N, C, L), or one of them.</summary>
public sealed class InstanceNorm1d : InstanceNorm
{
    internal InstanceNorm1d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm1d))
    {
    }

    /// <inheritdoc/>
    protected override long GetNumberOfBatchDimensions() => 3;
}

/// <summary>Instance normalization of images (N, C, H, W), or one of them.</summary>
public sealed class InstanceNorm2d : InstanceNorm
{
    internal InstanceNorm2d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d))
    {
    }

    /// <inheritdoc/>
    protected override long GetNumberOfBatchDimensions() => 4;
}

/// <summary>Instance normalization of volumes (N, C, D, H, W), or one of them.</summary>
public sealed class InstanceNorm3d : InstanceNorm
{
    internal InstanceNorm3d(long num_features, double eps, double momentum, bool affine, bool track_running_stats, Device? device, ScalarType? dtype)
        : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm3d))
    {
    }

    /// <inheritdoc/>
    protected override long GetNumberOfBatchDimensions() => 5;
}
