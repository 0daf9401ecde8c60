using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A view of another shape; one size may be −1.</summary>
        public Tensor view(params long[] shape) => Ops.view(this, shape);

        /// <summary>The same elements in another shape, as a view where possible; one size may be −1.</summary>
        public Tensor reshape(params long[] shape) => Ops.reshape(this, shape);

        /// <summary>Dimensions of size 1 broadcast (a view); −1 leaves a size as it is.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Ops.expand(this, sizes, isImplicit);

        /// <summary>Dimensions of size 1 broadcast (a view); −1 leaves a size as it is.</summary>
        public Tensor expand(Size sizes, bool isImplicit = false) => Ops.expand(this, sizes.Shape, isImplicit);

        /// <summary>Dimensions of size 1 broadcast (a view); −1 leaves a size as it is.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Ops.expand(this, sizes, isImplicit);

        /// <summary>Dimensions of size 1 broadcast (a view); −1 leaves a size as it is.</summary>
        public Tensor expand(params long[] sizes) => Ops.expand(this, sizes, false);

        /// <summary>A view broadcast to a shape.</summary>
        public Tensor broadcast_to(params long[] shape) => Ops.broadcast_to(this, shape);

        /// <summary>The tensor repeated along each dimension.</summary>
        public Tensor repeat(params long[] sizes) => Ops.repeat(this, sizes);

        /// <summary>The tensor repeated along each dimension, missing ones counted as 1.</summary>
        public Tensor tile(long[] reps) => Ops.tile(this, reps);

        /// <summary>The dimensions in another order (a view).</summary>
        public Tensor permute(params long[] permutation) => Ops.permute(this, permutation);

        /// <summary>The dimensions in another order (a view).</summary>
        public Tensor permute(IEnumerable<long> permutation) => Ops.permute(this, permutation.ToArray());

        /// <summary>Dimensions reversed.</summary>
        public Tensor flip(params long[] dims) => Ops.flip(this, dims);

        /// <summary>Without the dimensions of size 1, or without dim where it has size 1 (a view).</summary>
        public Tensor squeeze(long? dim = null) => dim is { } given ? Ops.squeeze__dim(this, given) : Ops.squeeze(this);

        /// <summary>Drops the dimensions of size 1, or dim where it has size 1, in place.</summary>
        public Tensor squeeze_(long? dim = null) => dim is { } given ? Ops.squeeze___dim(this, given) : Ops.squeeze_(this);

        /// <summary>A dimension as several ones (a view).</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Ops.unflatten(this, dim, sizes);

        /// <summary>A dimension as several ones (a view).</summary>
        public Tensor unflatten(long dim, Size sizes) => Ops.unflatten(this, dim, sizes.Shape);

        /// <summary>A view with given sizes and strides.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => Ops.as_strided(this, size, strides, storageOffset);

        /// <summary>Dimensions moved to other places (a view).</summary>
        public Tensor movedim(long[] source, long[] destination) => Ops.movedim(this, source, destination);

        /// <summary>Dimensions moved to other places (a view).</summary>
        public Tensor moveaxis(long[] source, long[] destination) => Ops.movedim(this, source, destination);

        /// <summary>Every step-th index of dim from start to before finish (a view).</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Ops.slice(this, dim, start, finish, step);

        /// <summary>The elements rolled around along dims, or the flat tensor where none is given.</summary>
        public Tensor roll(long shifts, long? dims = null) => Ops.roll(this, [shifts], dims is { } dim ? [dim] : []);

        /// <summary>The elements rolled around along two dimensions.</summary>
        public Tensor roll((long, long) shifts, (long, long) dims) => Ops.roll(this, [shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        /// <summary>The elements rolled around along three dimensions.</summary>
        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            Ops.roll(this, [shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        /// <summary>The elements rolled around along dimensions.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Ops.roll(this, shifts, dims);

        /// <summary>The elements of the flat tensor rolled around.</summary>
        public Tensor roll(long[] shifts) => Ops.roll(this, shifts, []);

        /// <summary>The elements rolled around along dimensions.</summary>
        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Ops.roll(this, shifts, dims);

        /// <summary>Rotated by k right angles in the plane of two dimensions (0 and 1).</summary>
        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            var (first, second) = dims ?? (0, 1);
            return Ops.rot90(this, k, [first, second]);
        }

        /// <summary>The dimensions in reverse order (a view).</summary>
        public Tensor T => Ops.numpy_T(this);

        /// <summary>The conjugate transpose of a matrix (a view).</summary>
        public Tensor H => Ops.matrix_H(this);

        /// <summary>The last two dimensions swapped (a view).</summary>
        public Tensor mT => Ops.mT(this);

        /// <summary>The last two dimensions swapped, conjugated (a view).</summary>
        public Tensor mH => Ops.adjoint(this);

        /// <summary>The real part (a view).</summary>
        public Tensor real => Ops.real(this);

        /// <summary>The imaginary part (a view).</summary>
        public Tensor imag => Ops.imag(this);

        /// <summary>Parts of a size along dim (views); the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0) => Ops.split(this, size, dim);

        /// <summary>Parts of given sizes along dim (views).</summary>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Ops.split__sizes(this, sizes, dim);

        /// <summary>Parts of given sizes along dim (views).</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Ops.split__sizes(this, sizes, dim);

        /// <summary>Parts of given sizes along the first dimension (views).</summary>
        public Tensor[] split(params long[] sizes) => Ops.split__sizes(this, sizes, 0);

        /// <summary>Parts of nearly equal size along dim (views).</summary>
        public Tensor[] tensor_split(long size, long dim = 0) => Ops.tensor_split(this, size, dim);

        /// <summary>Parts between given indices of dim (views).</summary>
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => Ops.tensor_split__indices(this, sizes, dim);

        /// <summary>Parts between given indices of dim (views).</summary>
        public Tensor[] tensor_split(Tensor indices, long dim = 0) => Ops.tensor_split__tensor(this, indices, dim);

        /// <summary>One tensor for each index of a dimension, which goes away (views).</summary>
        public Tensor[] unbind(long dimension = 0) => Ops.unbind(this, dimension);

        /// <summary>Each element repeated, along dim or flat.</summary>
        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave__tensor(this, repeats, dim, output_size);

        /// <summary>Each element repeated, along dim or flat.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.repeat_interleave(this, repeats, dim, output_size);

        /// <summary>Elements by flat index, or along dim by an index tensor that broadcasts.</summary>
        public Tensor take_along_dim(Tensor indices) => Ops.take_along_dim(this, indices, null);

        /// <summary>Elements by flat index.</summary>
        public Tensor take_along_dim(IEnumerable<long> indices) => Ops.take_along_dim(this, tensor(indices.ToArray()), null);

        /// <summary>Elements along dim by an index tensor that broadcasts.</summary>
        public Tensor take_along_dim(Tensor indices, long dim) => Ops.take_along_dim(this, indices, dim);

        /// <summary>Elements along dim by indices.</summary>
        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => Ops.take_along_dim(this, tensor(indices.ToArray()), dim);

        /// <summary>Copies the elements of another tensor, converted and broadcast, in place.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.copy_(this, source, nonBlocking);

        /// <summary>Where the elements are not 0: one int64 tensor a dimension.</summary>
        public IList<Tensor> nonzero_as_list() => [.. Ops.where__indices(Ops.ne__scalar(this, 0))];

        /// <summary>Parts along the first dimension (views).</summary>
        public Tensor[] vsplit(long size) => tensor_split(size, 0);

        /// <summary>Parts between given indices of the first dimension (views).</summary>
        public Tensor[] vsplit(params long[] sizes) => tensor_split(sizes, 0);

        /// <summary>Parts between given indices of the first dimension (views).</summary>
        public Tensor[] vsplit(Tensor indices) => tensor_split(indices, 0);

        /// <summary>Parts along the columns: the second dimension, or the only one (views).</summary>
        public Tensor[] hsplit(long size) => tensor_split(size, Columns);

        /// <summary>Parts between given indices of the columns (views).</summary>
        public Tensor[] hsplit(params long[] sizes) => tensor_split(sizes, Columns);

        /// <summary>Parts between given indices of the columns (views).</summary>
        public Tensor[] hsplit(Tensor indices) => tensor_split(indices, Columns);

        /// <summary>Parts along the third dimension (views).</summary>
        public Tensor[] dsplit(long size) => tensor_split(size, 2);

        /// <summary>Parts between given indices of the third dimension (views).</summary>
        public Tensor[] dsplit((long, long) indices_or_sections) => tensor_split([indices_or_sections.Item1, indices_or_sections.Item2], 2);

        /// <summary>Parts between given indices of the third dimension (views).</summary>
        public Tensor[] dsplit((long, long, long) indices_or_sections) =>
            tensor_split([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3], 2);

        /// <summary>Parts between given indices of the third dimension (views).</summary>
        public Tensor[] dsplit((long, long, long, long) indices_or_sections) =>
            tensor_split([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4], 2);

        /// <summary>Parts between given indices of the third dimension (views).</summary>
        public Tensor[] dsplit(params long[] sizes) => tensor_split(sizes, 2);

        /// <summary>Parts between given indices of the third dimension (views).</summary>
        public Tensor[] dsplit(Tensor indices) => tensor_split(indices, 2);

        private long Columns => dim() == 1 ? 0 : 1;
    }
}
