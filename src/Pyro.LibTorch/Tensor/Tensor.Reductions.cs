using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements: 0-dim; integers and truth values sum to int64.</summary>
        public Tensor sum(ScalarType? type = null) => Ops.sum(this, type);

        /// <summary>The sum along dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Ops.sum__dims(this, dim, keepdim, type);

        /// <summary>The sum along dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => Ops.sum__dims(this, dim, keepdim, type);

        /// <summary>The sum along a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => Ops.sum__dims(this, [dim], keepdim, type);

        /// <summary>The sum along two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => Ops.sum__dims(this, [dim0, dim1], keepdim, type);

        /// <summary>The sum along three dimensions.</summary>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            Ops.sum__dims(this, [dim0, dim1, dim2], keepdim, type);

        /// <summary>The product of all elements: 0-dim.</summary>
        public Tensor prod(ScalarType? type = null) => Ops.prod(this, type);

        /// <summary>The product along a dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Ops.prod__dim(this, dim, keepdim, type);

        /// <summary>The mean along dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => Ops.mean__dims(this, dimensions, keepdim, type);

        /// <summary>The mean of the elements that are not NaN, along dim or of all.</summary>
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Ops.nanmean(this, dim is { } given ? [given] : null, keepdim, dtype);

        /// <summary>The largest elements along dimensions; gradients are shared among equal ones.</summary>
        public Tensor amax(params long[] dims) => Ops.amax(this, dims, false);

        /// <summary>The largest elements along dimensions; gradients are shared among equal ones.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Ops.amax(this, dims, keepdim), @out);

        /// <summary>The largest elements along dimensions; gradients are shared among equal ones.</summary>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Into(Ops.amax(this, dims, keepdim), @out);

        /// <summary>The smallest elements along dimensions; gradients are shared among equal ones.</summary>
        public Tensor amin(params long[] dims) => Ops.amin(this, dims, false);

        /// <summary>The smallest elements along dimensions; gradients are shared among equal ones.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(Ops.amin(this, dims, keepdim), @out);

        /// <summary>The smallest elements along dimensions; gradients are shared among equal ones.</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => Into(Ops.amin(this, dims, keepdim), @out);

        /// <summary>The number of elements that are not 0, along dimensions or of all.</summary>
        public Tensor count_nonzero(long[]? dims = null) => Ops.count_nonzero(this, dims ?? []);

        /// <summary>The k-th smallest element and its index, along dim (the last).</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => Ops.kthvalue(this, k, dim ?? -1, keepdim);

        /// <summary>The k-th smallest element and its index, along dim (the last).</summary>
        public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);

        /// <summary>The different elements (or slices of dim), where each came from, and how often.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = dim is { } given
                ? Ops.unique__dim(this, given, sorted, return_inverse, return_counts)
                : Ops.unique(this, sorted, return_inverse, return_counts);
            return (output, Wanted(return_inverse, inverse), Wanted(return_counts, counts));
        }

        /// <summary>The elements (or slices of dim) that differ from the one before, where each came from, and how often.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            var (output, inverse, counts) = Ops.unique_consecutive(this, return_inverse, return_counts, dim);
            return (output, Wanted(return_inverse, inverse), Wanted(return_counts, counts));
        }

        private static Tensor? Wanted(bool wanted, Tensor result)
        {
            if (wanted)
                return result;
            result?.Dispose();
            return null;
        }

        // An output argument receives the values and is what is returned.
        internal static Tensor Into(Tensor result, Tensor? target)
        {
            if (target is null)
                return result;
            using (result)
                return target.set_(result);
        }

        /// <summary>Makes this tensor another name for the memory of a second one.</summary>
        public Tensor set_(Tensor source) => Ops.set_(this, source);
    }
}
