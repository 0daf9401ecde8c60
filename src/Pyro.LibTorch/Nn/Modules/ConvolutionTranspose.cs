using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A transposed convolution: the gradient of a convolution by its input.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    /// <summary>A transposed convolution; sizes are one a spatial dimension.</summary>
    protected ConvolutionTranspose(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, Device? device = null, ScalarType? dtype = null)
        : base(name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => forward(input, null);

    /// <summary>The result in one of the sizes that the stride leaves open.</summary>
    public abstract Tensor forward(Tensor input, long[]? output_size);

    /// <summary>The padding on one side that makes a size, one of stride many for each dimension.</summary>
    protected long[] _output_padding(Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long num_spatial_dims)
    {
        if (output_size is null)
            return output_padding;
        var count = (int)num_spatial_dims;
        var wanted = output_size[^count..];
        var given = input.shape[^count..];
        var result = new long[count];
        for (var i = 0; i < count; i++)
        {
            var least = ((given[i] - 1) * stride[i]) - (2 * padding[i]) + (dilation[i] * (kernel_size[i] - 1)) + 1;
            result[i] = wanted[i] - least;
            if (result[i] < 0 || result[i] >= stride[i])
                throw new ArgumentException($"Dimension {i} can have size {least} to {least + stride[i] - 1}, not {wanted[i]}.", nameof(output_size));
        }
        return result;
    }
}
