using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Convolution of signals (N, C, L) with padding by name.</summary>
            public static Tensor conv1d_padding(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid, long? dilation = null, long groups = 1) =>
                Ops.conv1d_named(input, weight, bias, stride, NameOf(padding), dilation, groups);

            /// <summary>Convolution of images (N, C, H, W) with padding by name.</summary>
            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Ops.conv2d_named(input, weight, bias, strides, NameOf(padding), dilation, groups);

            /// <summary>Convolution of volumes (N, C, D, H, W) with padding by name.</summary>
            public static Tensor conv3d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1) =>
                Ops.conv3d_named(input, weight, bias, strides, NameOf(padding), dilation, groups);

            /// <summary>The means of a grid of windows.</summary>
            public static Tensor adaptive_avg_pool3d(Tensor input, (long, long, long) output_size) => adaptive_avg_pool3d(input, Triple(output_size));

            /// <summary>The means of a grid of windows.</summary>
            public static Tensor adaptive_avg_pool3d(Tensor input, long output_size) => adaptive_avg_pool3d(input, Triple(output_size));

            /// <summary>The p-norm of each window.</summary>
            public static Tensor lp_pool1d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false)
            {
                using var scope = NewDisposeScope();
                return RootOfMean(avg_pool1d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode), norm_type, kernel_size).MoveToOuterDisposeScope();
            }

            /// <summary>The p-norm of each window.</summary>
            public static Tensor lp_pool2d(Tensor input, double norm_type, long kernel_size, long? stride = null, bool ceil_mode = false) =>
                lp_pool2d(input, norm_type, Pair(kernel_size), Pair(stride), ceil_mode);

            /// <summary>The p-norm of each window.</summary>
            public static Tensor lp_pool2d(Tensor input, double norm_type, long[] kernel_size, long[]? stride = null, bool ceil_mode = false)
            {
                using var scope = NewDisposeScope();
                var means = avg_pool2d(input.pow(norm_type), kernel_size, stride, null, ceil_mode);
                return RootOfMean(means, norm_type, kernel_size[0] * kernel_size[1]).MoveToOuterDisposeScope();
            }

            /// <summary>The inverse of max_pool1d: the elements where they came from, 0 elsewhere.</summary>
            public static Tensor max_unpool1d(Tensor input, Tensor indices, long kernel_size, long? stride = null, long? padding = null, long[]? output_size = null)
            {
                using var scope = NewDisposeScope();
                var size = SizeBefore(input, [kernel_size], [stride ?? kernel_size], [padding ?? 0], output_size);
                return Ops.max_unpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), [size[0], 1]).squeeze(-1).MoveToOuterDisposeScope();
            }

            /// <summary>The inverse of max_pool2d: the elements where they came from, 0 elsewhere.</summary>
            public static Tensor max_unpool2d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null) =>
                Ops.max_unpool2d(input, indices, SizeBefore(input, kernel_size, stride ?? kernel_size, padding ?? [0, 0], output_size));

            /// <summary>The inverse of max_pool3d: the elements where they came from, 0 elsewhere.</summary>
            public static Tensor max_unpool3d(Tensor input, Tensor indices, long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? output_size = null) =>
                Ops.max_unpool3d(input, indices, SizeBefore(input, kernel_size, stride ?? kernel_size, padding ?? [0, 0, 0], output_size),
                    stride ?? kernel_size, padding ?? [0, 0, 0]);

            /// <summary>Each element divided by (k + alpha · the mean of the squares in size neighbouring channels)^beta.</summary>
            public static Tensor local_response_norm(Tensor input, long size, double alpha = 0.0001, double beta = 0.75, double k = 1)
            {
                using var scope = NewDisposeScope();
                // The channels become rows of one image an example, so that a window of channels is a window of rows.
                var rows = (input * input).flatten(2).unsqueeze(1);
                var padded = pad(rows, [0, 0, size / 2, (size - 1) / 2], PaddingModes.Constant);
                var means = avg_pool2d(padded, [size, 1], [1, 1]).squeeze(1).view(input.shape);
                return (input / ((means * alpha) + k).pow(beta)).MoveToOuterDisposeScope();
            }

            internal static long[] Triple(long size) => [size, size, size];

            internal static long[]? Triple(long? size) => size is { } given ? Triple(given) : null;

            internal static long[] Triple((long, long, long) sizes) => [sizes.Item1, sizes.Item2, sizes.Item3];

            internal static long[]? Triple((long, long, long)? sizes) => sizes is { } given ? Triple(given) : null;

            private static ReadOnlySpan<byte> NameOf(Padding padding) => padding == Padding.Same ? "same"u8 : "valid"u8;

            private static Tensor RootOfMean(Tensor means, double p, long count) => (means.sign() * relu(means.abs())).mul(count).pow(1 / p);

            // What a pooling started from: the last dimensions of output_size where it is given.
            private static long[] SizeBefore(Tensor input, long[] kernel, long[] stride, long[] padding, long[]? outputSize)
            {
                var count = kernel.Length;
                if (outputSize is not null)
                    return outputSize[^count..];
                var given = input.shape[^count..];
                return [.. given.Select((size, i) => ((size - 1) * stride[i]) - (2 * padding[i]) + kernel[i])];
            }
        }
    }
}
