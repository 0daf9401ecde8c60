using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The standard deviation of all elements: 0-dim; with n − 1 where unbiased.</summary>
        public Tensor std(bool unbiased = true) => Ops.std(this, unbiased);

        /// <summary>The standard deviation along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The standard deviation along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The standard deviation along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dims(Converted(type), [dim], unbiased, keepdim);

        /// <summary>The standard deviation along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dims(Converted(type), [dim.Item1, dim.Item2], unbiased, keepdim);

        /// <summary>The standard deviation along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std__dims(Converted(type), [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim);

        /// <summary>The variance of all elements: 0-dim; with n − 1 where unbiased.</summary>
        public Tensor var(bool unbiased = true) => Ops.var(this, unbiased);

        /// <summary>The variance along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The variance along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The variance along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dims(Converted(type), [dim], unbiased, keepdim);

        /// <summary>The variance along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dims(Converted(type), [dim.Item1, dim.Item2], unbiased, keepdim);

        /// <summary>The variance along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var__dims(Converted(type), [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim);

        /// <summary>The standard deviation and the mean of all elements: 0-dim.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Ops.std_mean(this, unbiased);

        /// <summary>The standard deviation and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The standard deviation and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The standard deviation and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dims(Converted(type), [dim], unbiased, keepdim);

        /// <summary>The standard deviation and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dims(Converted(type), [dim.Item1, dim.Item2], unbiased, keepdim);

        /// <summary>The standard deviation and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.std_mean__dims(Converted(type), [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim);

        /// <summary>The variance and the mean of all elements: 0-dim.</summary>
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => Ops.var_mean(this, unbiased);

        /// <summary>The variance and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The variance and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor std, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dims(Converted(type), dimensions, unbiased, keepdim);

        /// <summary>The variance and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dims(Converted(type), [dim], unbiased, keepdim);

        /// <summary>The variance and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor var, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dims(Converted(type), [dim.Item1, dim.Item2], unbiased, keepdim);

        /// <summary>The variance and the mean along dimensions, computed in type where it is given; with n − 1 where unbiased.</summary>
        public (Tensor var, Tensor mean) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Ops.var_mean__dims(Converted(type), [dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim);

        private Tensor Converted(ScalarType? type) => type is { } wanted && wanted != dtype ? to_type(wanted) : this;
    }
}
