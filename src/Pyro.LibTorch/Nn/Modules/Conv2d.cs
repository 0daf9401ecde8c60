using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Convolution of images (N, C, H, W).</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type, long[] dilation, PaddingModes padding_mode, long groups, bool bias, Device? device, ScalarType? dtype)
        : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, false, [0, 0], groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (!ValidateShape(input, 2))
            throw new ArgumentException($"Conv2d takes (N, {in_channels}, H, W), not shape [{string.Join(", ", input.shape)}].");
        if (padding_mode != PaddingModes.Zeros)
        {
            using var padded = nn.functional.pad(input, Around(), padding_mode);
            return nn.functional.conv2d(padded, weight, bias, stride, [0, 0], dilation, groups);
        }
        return padding_type is { } named
            ? nn.functional.conv2d_padding(input, weight, bias, stride, named, dilation, groups)
            : nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
    }

    // The last dimension first; "same" puts the odd one after.
    private long[] Around()
    {
        if (padding_type is null)
            return [padding[1], padding[1], padding[0], padding[0]];
        if (padding_type == Padding.Valid)
            return [0, 0, 0, 0];
        var (rows, columns) = (dilation[0] * (kernel_size[0] - 1), dilation[1] * (kernel_size[1] - 1));
        return [columns / 2, columns - (columns / 2), rows / 2, rows - (rows / 2)];
    }
}
