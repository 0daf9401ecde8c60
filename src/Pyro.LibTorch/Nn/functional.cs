using Pyro.LibTorch;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What modules compute, as functions (native/nn.def).</summary>
        public static partial class functional
        {
            /// <summary>x Φ(x), or its approximation by tanh.</summary>
            public static Tensor gelu(Tensor x, GELU.Approximate approximate, bool inplace = false) =>
                inplace ? x.gelu_(approximate) : x.gelu(approximate);

            /// <summary>The largest element of each window.</summary>
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), Pair(dilation), ceil_mode);

            /// <summary>The largest element of each window.</summary>
            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), Pair(dilation), ceil_mode);

            /// <summary>The mean of each window.</summary>
            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), ceil_mode, count_include_pad, divisor_override);

            /// <summary>The mean of each window.</summary>
            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
                avg_pool2d(input, Pair(kernel_size), Pair(stride), Pair(padding), ceil_mode, count_include_pad, divisor_override);

            /// <summary>The means of a grid of windows.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, Pair(output_size));

            /// <summary>The means of a grid of windows.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, Pair(output_size));

            /// <summary>More elements around a tensor: pairs (before, after), the last dimension first.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            /// <summary>More elements around a tensor: pairs (before, after), the last dimension first.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Zeros => Ops.pad(input, pad, "constant"u8, 0),
                PaddingModes.Constant => Ops.pad(input, pad, "constant"u8, value),
                PaddingModes.Reflect => Ops.pad(input, pad, "reflect"u8, null),
                PaddingModes.Replicate => Ops.pad(input, pad, "replicate"u8, null),
                PaddingModes.Circular => Ops.pad(input, pad, "circular"u8, null),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a padding mode."),
            };

            /// <summary>More elements before and after the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            /// <summary>More elements before and after the last two dimensions, the last first.</summary>
            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>As many more elements before and after the last dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad, pad], mode, value);

            /// <summary>Values of images at the points of a grid in [−1, 1]², differentiable in both.</summary>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                // libtorch: bilinear 0, nearest 1; zeros 0, border 1, reflection 2.
                var border = padding_mode switch
                {
                    GridSamplePaddingMode.Border => 1,
                    GridSamplePaddingMode.Reflection => 2,
                    _ => 0,
                };
                return Ops.grid_sample(input, grid, mode == GridSampleMode.Nearest ? 1 : 0, border, align_corners ?? false);
            }

            /// <summary>The grid of affine maps (N, 2, 3) over an image of a size (N, C, H, W).</summary>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Ops.affine_grid(theta, size ?? throw new ArgumentNullException(nameof(size)), align_corners);

            internal static long[] Pair(long size) => [size, size];

            internal static long[]? Pair(long? size) => size is { } given ? [given, given] : null;

            internal static long[] Pair((long, long) sizes) => [sizes.Item1, sizes.Item2];

            internal static long[]? Pair((long, long)? sizes) => sizes is { } given ? [given.Item1, given.Item2] : null;
        }
    }

    public partial class Tensor
    {
        /// <summary>x Φ(x), or its approximation by tanh.</summary>
        public Tensor gelu(GELU.Approximate approximate) => Ops.gelu__approximate(this, NameOf(approximate));

        /// <summary>x Φ(x), or its approximation by tanh, in place.</summary>
        public Tensor gelu_(GELU.Approximate approximate) => Ops.gelu___approximate(this, NameOf(approximate));

        private static ReadOnlySpan<byte> NameOf(GELU.Approximate approximate) => approximate == GELU.Approximate.tanh ? "tanh"u8 : "none"u8;
    }
}
