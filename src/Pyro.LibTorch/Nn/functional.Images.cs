using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a larger or smaller image is made.</summary>
    public enum InterpolationMode
    {
        /// <summary>The nearest element.</summary>
        Nearest = 0,

        /// <summary>Linear, of signals.</summary>
        Linear = 1,

        /// <summary>Linear in both directions, of images.</summary>
        Bilinear = 2,

        /// <summary>Cubic in both directions, of images.</summary>
        Bicubic = 3,

        /// <summary>Linear in all directions, of volumes.</summary>
        Trilinear = 4,

        /// <summary>Means of areas.</summary>
        Area = 5,

        /// <summary>The nearest element by the centers.</summary>
        NearestExact = 6,
    }

    /// <summary>How a larger image is made.</summary>
    public enum UpsampleMode
    {
        /// <summary>The nearest element.</summary>
        Nearest = 0,

        /// <summary>Linear, of signals.</summary>
        Linear = 1,

        /// <summary>Linear in both directions, of images.</summary>
        Bilinear = 2,

        /// <summary>Cubic in both directions, of images.</summary>
        Bicubic = 3,

        /// <summary>Linear in all directions, of volumes.</summary>
        Trilinear = 4,
    }

    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>
            /// Signals (N, C, L), images (N, C, H, W) or volumes in another size: the size, or a scale for each dimension or all of them.
            /// </summary>
            /// <exception cref="ArgumentException">Neither or both of size and scale_factor are given, or not one for each dimension.</exception>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var spatial = (int)x.dim() - 2;
                if (size is null == scale_factor is null)
                    throw new ArgumentException("Give either the size or the scale factor.");
                if (align_corners == true && mode is (InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area))
                    throw new ArgumentException($"{mode} has no corners to align.", nameof(align_corners));
                var sizes = ForEach(size, spatial, nameof(size));
                var scales = ForEach(scale_factor, spatial, nameof(scale_factor));
                if (scales is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    var given = x.shape;
                    sizes = [.. scales.Select((scale, i) => (long)Math.Floor(given[i + 2] * scale))];
                    scales = null;
                }
                return mode switch
                {
                    InterpolationMode.Nearest => Ops.interpolate(x, sizes, scales, "nearest"u8, false, antialias),
                    InterpolationMode.NearestExact => Ops.interpolate(x, sizes, scales, "nearest-exact"u8, false, antialias),
                    InterpolationMode.Linear => Ops.interpolate(x, sizes, scales, "linear"u8, align_corners ?? false, antialias),
                    InterpolationMode.Bilinear => Ops.interpolate(x, sizes, scales, "bilinear"u8, align_corners ?? false, antialias),
                    InterpolationMode.Bicubic => Ops.interpolate(x, sizes, scales, "bicubic"u8, align_corners ?? false, antialias),
                    InterpolationMode.Trilinear => Ops.interpolate(x, sizes, scales, "trilinear"u8, align_corners ?? false, antialias),
                    InterpolationMode.Area => spatial switch
                    {
                        1 => adaptive_avg_pool1d(x, sizes![0]),
                        2 => adaptive_avg_pool2d(x, sizes!),
                        _ => adaptive_avg_pool3d(x, sizes!),
                    },
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a mode of interpolation."),
                };
            }

            /// <summary>Signals, images or volumes in another size.</summary>
            public static Tensor upsample(Tensor input, long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool align_corners = false) =>
                interpolate(input, size, scale_factor, (InterpolationMode)mode, align_corners);

            /// <summary>Signals, images or volumes in another size, by the nearest elements.</summary>
            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Nearest, align_corners);

            /// <summary>Images in another size, linear in both directions.</summary>
            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false) =>
                interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            /// <summary>Signals in another size, by the nearest elements.</summary>
            public static Tensor upsample_nearest1d(Tensor input, long? outputSize, double? scaleFactor) =>
                interpolate(input, outputSize is { } size ? [size] : null, scaleFactor is { } scale ? [scale] : null);

            /// <summary>Images in another size, by the nearest elements.</summary>
            public static Tensor upsample_nearest2d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) => interpolate(input, outputSizes, scaleFactors);

            /// <summary>Volumes in another size, by the nearest elements.</summary>
            public static Tensor upsample_nearest3d(Tensor input, long[]? outputSizes = null, double[]? scaleFactors = null) => interpolate(input, outputSizes, scaleFactors);

            /// <summary>The windows of images (N, C, H, W) as columns (N, C · window, windows).</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Ops.im2col(input, Pair(kernel_size), Pair(dilation), Pair(padding), Pair(stride));

            /// <summary>The windows of images (N, C, H, W) as columns (N, C · window, windows).</summary>
            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Ops.im2col(input, Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            /// <summary>Images of a size from columns: where windows overlap, their sum.</summary>
            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                Ops.col2im(input, Pair(output_size), Pair(kernel_size), Pair(dilation), Pair(padding), Pair(stride));

            /// <summary>Images of a size from columns: where windows overlap, their sum.</summary>
            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Ops.col2im(input, Pair(output_size), Pair(kernel_size), Pair(dilation ?? (1, 1)), Pair(padding ?? (0, 0)), Pair(stride ?? (1, 1)));

            private static TNumber[]? ForEach<TNumber>(TNumber[]? given, int dimensions, string name)
            {
                if (given is { Length: 1 })
                    return [.. Enumerable.Repeat(given[0], dimensions)];
                if (given is not null && given.Length != dimensions)
                    throw new ArgumentException($"{given.Length} numbers for {dimensions} dimensions.", name);
                return given;
            }
        }
    }
}
