namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>First values of parameters, written in place.</summary>
        public static partial class init
        {
            /// <summary>Which side of a weight its scale is taken from.</summary>
            public enum FanInOut
            {
                /// <summary>The inputs of an output: keeps the variance forward.</summary>
                FanIn,

                /// <summary>The outputs of an input: keeps the variance backward.</summary>
                FanOut,
            }

            /// <summary>What follows a layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,

                /// <summary>A convolution.</summary>
                Conv1D = 1,

                /// <summary>A convolution.</summary>
                Conv2D = 2,

                /// <summary>A convolution.</summary>
                Conv3D = 3,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose1D = 4,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose2D = 5,

                /// <summary>A transposed convolution.</summary>
                ConvTranspose3D = 6,

                /// <summary>1 / (1 + exp(−x)).</summary>
                Sigmoid = 7,

                /// <summary>Hyperbolic tangent.</summary>
                Tanh = 8,

                /// <summary>max(x, 0).</summary>
                ReLU = 9,

                /// <summary>x where positive, else a multiple.</summary>
                LeakyReLU = 10,
            }

            /// <summary>By how much a nonlinearity shrinks the standard deviation; param is the slope of a leaky rectifier (0.01 where 0).</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + (param * param))),
                _ => 1,
            };

            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            /// <summary>One value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Written(tensor, target => target.fill_(val));

            /// <summary>The identity matrix.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                Require(tensor, tensor.dim() == 2, "eye_ is for matrices");
                return Written(tensor, target =>
                {
                    using var identity = eye(target.shape[0], target.shape[1], target.dtype, target.device);
                    target.copy_(identity);
                });
            }

            /// <summary>Convolutions that pass their input through.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                Require(tensor, tensor.dim() is >= 3 and <= 5, "dirac_ is for weights of convolutions");
                return Written(tensor, target =>
                {
                    target.zero_();
                    var shape = target.shape;
                    for (var i = 0L; i < Math.Min(shape[0], shape[1]); i++)
                        target[[i, i, .. shape[2..].Select(size => size / 2)]] = ones([], target.dtype, target.device);
                });
            }

            /// <summary>Uniform numbers in [low, high).</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Written(tensor, target => target.uniform_(low, high, generator));

            /// <summary>Normal numbers.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Written(tensor, target => target.normal_(mean, std, generator));

            /// <summary>Normal numbers within [a, b], by the inverse of the distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null) =>
                Written(tensor, target =>
                {
                    using var bounds = torch.tensor([(a - mean) / std, (b - mean) / std]);
                    using var probabilities = special.ndtr(bounds);
                    var (low, high) = (probabilities[0].item<double>(), probabilities[1].item<double>());
                    target.uniform_((2 * low) - 1, (2 * high) - 1, generator).erfinv_().mul_(std * Math.Sqrt(2)).add_(mean).clamp_(a, b);
                });

            /// <summary>A matrix (the first dimension by all others) with orthonormal rows or columns, times the gain.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1)
            {
                Require(tensor, tensor.dim() >= 2, "orthogonal_ is for two and more dimensions");
                return Written(tensor, target =>
                {
                    var (rows, columns) = (target.shape[0], target.numel() / target.shape[0]);
                    var flat = randn(rows, columns, dtype: target.dtype, device: target.device);
                    var (q, r) = linalg.qr(rows < columns ? flat.t() : flat);
                    var signed = q * r.diagonal().sign();
                    target.view(rows, columns).copy_(rows < columns ? signed.t() : signed).mul_(gain);
                });
            }

            /// <summary>Normal numbers with a share of each column set to 0.</summary>
            public static Tensor sparse_(Tensor tensor, double sparsity, double std = 0.01)
            {
                Require(tensor, tensor.dim() == 2, "sparse_ is for matrices");
                return Written(tensor, target =>
                {
                    target.normal_(0, std);
                    var zeros = (long)Math.Ceiling(sparsity * target.shape[0]);
                    for (var column = 0L; column < target.shape[1]; column++)
                        target.select(1, column).index_fill_(0, randperm(target.shape[0])[..(int)zeros], 0);
                });
            }

            /// <summary>Uniform numbers that keep the variance through a rectifier (He et al. 2015); a is the slope of its negative side.</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Normal numbers that keep the variance through a rectifier (He et al. 2015); a is the slope of its negative side.</summary>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            /// <summary>Uniform numbers that keep the variance in both directions (Glorot and Bengio 2010).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = gain * Math.Sqrt(6.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <inheritdoc cref="xavier_uniform_"/>
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            /// <summary>Normal numbers that keep the variance in both directions (Glorot and Bengio 2010).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            /// <inheritdoc cref="xavier_normal_"/>
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1) => xavier_normal_(tensor, gain);

            /// <summary>The inputs of an output and the outputs of an input of a weight.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                Require(tensor, tensor.dim() >= 2, "fan in and fan out are of two and more dimensions");
                var shape = tensor.shape;
                var field = shape[2..].Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            private static long Fan(Tensor tensor, FanInOut mode)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return mode == FanInOut.FanIn ? fanIn : fanOut;
            }

            private static Tensor Written(Tensor tensor, Action<Tensor> write)
            {
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                write(tensor);
                return tensor;
            }

            private static void Require(Tensor tensor, bool condition, string message)
            {
                if (!condition)
                    throw new ArgumentException($"{message}; this tensor has shape [{string.Join(", ", tensor.shape)}].");
            }
        }
    }
}
