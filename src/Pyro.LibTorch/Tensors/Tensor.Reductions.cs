using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum of all elements, 0-dim.</summary>
        public Tensor sum(ScalarType? type = null) => New(Native.sum(Handle, Code(type)), nameof(sum), this);

        /// <summary>Sum over some dimensions.</summary>
        public unsafe Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* dims = dim)
                return New(Native.sum_dim(Handle, dims, dim.Length, Flag(keepdim), Code(type)), nameof(sum), this);
        }

        /// <summary>Sum over one dimension.</summary>
        public unsafe Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            New(Native.sum_dim(Handle, &dim, 1, Flag(keepdim), Code(type)), nameof(sum), this);

        /// <summary>Mean of all elements, 0-dim.</summary>
        public Tensor mean() => New(Native.mean(Handle, -1), nameof(mean), this);

        /// <summary>Mean over some dimensions.</summary>
        public unsafe Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null)
        {
            fixed (long* dims = dimensions)
                return New(Native.mean_dim(Handle, dims, dimensions.Length, Flag(keepdim), Code(type)), nameof(mean), this);
        }

        /// <summary>Product of all elements, 0-dim.</summary>
        public Tensor prod(ScalarType? type = null) => New(Native.prod(Handle, Code(type)), nameof(prod), this);

        /// <summary>Product over one dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => New(Native.prod_dim(Handle, dim, Flag(keepdim), Code(type)), nameof(prod), this);

        /// <summary>Standard deviation of all elements, 0-dim; unbiased divides by n - 1.</summary>
        public Tensor std(bool unbiased = true) => New(Native.std(Handle, Flag(unbiased)), nameof(std), this);

        /// <summary>Standard deviation over one dimension.</summary>
        public unsafe Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(type).Reduce(&dim, unbiased, keepdim, deviation: true);

        /// <summary>Variance of all elements, 0-dim; unbiased divides by n - 1.</summary>
        public Tensor var(bool unbiased = true) => New(Native.var(Handle, Flag(unbiased)), nameof(var), this);

        /// <summary>Variance over one dimension.</summary>
        public unsafe Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Typed(type).Reduce(&dim, unbiased, keepdim, deviation: false);

        /// <summary>The largest element, 0-dim.</summary>
        public Tensor max() => New(Native.max(Handle), nameof(max), this);

        /// <summary>The larger of two elements.</summary>
        public Tensor max(Tensor other) => maximum(other);

        /// <summary>The largest elements along a dimension and where they are.</summary>
        public unsafe (Tensor values, Tensor indexes) max(long dim, bool keepdim = false)
        {
            nint values, indices;
            Done(Native.MaxDim(Handle, dim, Flag(keepdim), &values, &indices), nameof(max), this);
            return (new Tensor(values), new Tensor(indices));
        }

        /// <summary>The smallest element, 0-dim.</summary>
        public Tensor min() => New(Native.min(Handle), nameof(min), this);

        /// <summary>The smaller of two elements.</summary>
        public Tensor min(Tensor other) => minimum(other);

        /// <summary>The smallest elements along a dimension and where they are.</summary>
        public unsafe (Tensor values, Tensor indexes) min(long dim, bool keepdim = false)
        {
            nint values, indices;
            Done(Native.MinDim(Handle, dim, Flag(keepdim), &values, &indices), nameof(min), this);
            return (new Tensor(values), new Tensor(indices));
        }

        /// <summary>The largest elements over some dimensions.</summary>
        public unsafe Tensor amax(long[] dims, bool keepdim = false)
        {
            fixed (long* pointer = dims)
                return New(Native.amax(Handle, pointer, dims.Length, Flag(keepdim)), nameof(amax), this);
        }

        /// <summary>The smallest elements over some dimensions.</summary>
        public unsafe Tensor amin(long[] dims, bool keepdim = false)
        {
            fixed (long* pointer = dims)
                return New(Native.amin(Handle, pointer, dims.Length, Flag(keepdim)), nameof(amin), this);
        }

        /// <summary>The position of the largest element in the flattened tensor.</summary>
        public Tensor argmax() => New(Native.argmax(Handle), nameof(argmax), this);

        /// <summary>The positions of the largest elements along a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => New(Native.argmax_dim(Handle, dim, Flag(keepdim)), nameof(argmax), this);

        /// <summary>The position of the smallest element in the flattened tensor.</summary>
        public Tensor argmin() => New(Native.argmin(Handle), nameof(argmin), this);

        /// <summary>The positions of the smallest elements along a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => New(Native.argmin_dim(Handle, dim, Flag(keepdim)), nameof(argmin), this);

        /// <summary>Whether every element holds, 0-dim.</summary>
        public Tensor all() => New(Native.all(Handle), nameof(all), this);

        /// <summary>Whether every element along a dimension holds.</summary>
        public Tensor all(long dim, bool keepdim = false) => New(Native.all_dim(Handle, dim, Flag(keepdim)), nameof(all), this);

        /// <summary>Whether some element holds, 0-dim.</summary>
        public Tensor any() => New(Native.any(Handle), nameof(any), this);

        /// <summary>Whether some element along a dimension holds.</summary>
        public Tensor any(long dim, bool keepdim = false) => New(Native.any_dim(Handle, dim, Flag(keepdim)), nameof(any), this);

        /// <summary>log Σ exp over one dimension, without overflow.</summary>
        public unsafe Tensor logsumexp(long dim, bool keepdim = false) => New(Native.logsumexp(Handle, &dim, 1, Flag(keepdim)), nameof(logsumexp), this);

        /// <summary>Running sums along a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => New(Native.cumsum(Handle, dim, Code(type)), nameof(cumsum), this);

        /// <summary>Running products along a dimension.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => New(Native.cumprod(Handle, dim, Code(type)), nameof(cumprod), this);

        /// <summary>Quantiles along a dimension (-1: the last), linear between order statistics; q has the same dtype.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => New(Native.quantile(Handle, q.Handle, dim, Flag(keepdim)), nameof(quantile), this, q);

        /// <summary>exp(x) / Σ exp(x) along a dimension.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => New(Native.softmax(Handle, dim, Code(dtype)), nameof(softmax), this);

        /// <summary>log softmax along a dimension.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => New(Native.log_softmax(Handle, dim, Code(dtype)), nameof(log_softmax), this);

        private static int Code(ScalarType? type) => type is { } known ? (int)known : -1;

        private Tensor Typed(ScalarType? type) => type is { } known && known != dtype ? to_type(known) : this;

        private unsafe Tensor Reduce(long* dim, bool unbiased, bool keepdim, bool deviation) => deviation
            ? New(Native.std_dim(Handle, dim, 1, Flag(unbiased), Flag(keepdim)), nameof(std), this)
            : New(Native.var_dim(Handle, dim, 1, Flag(unbiased), Flag(keepdim)), nameof(var), this);
    }

    /// <inheritdoc cref="Tensor.sum(ScalarType?)"/>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <inheritdoc cref="Tensor.mean()"/>
    public static Tensor mean(Tensor input) => input.mean();

    /// <inheritdoc cref="Tensor.logsumexp"/>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);
}
