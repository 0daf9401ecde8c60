using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The transpose of a matrix.</summary>
        public Tensor T => ndim < 2 ? alias() : transpose(0, 1);

        /// <summary>The transposes of a batch of matrices.</summary>
        public Tensor mT => transpose(-2, -1);

        /// <summary>Another tensor object over the same elements and graph.</summary>
        public Tensor alias() => New(Native.alias(Handle), nameof(alias), this);

        /// <summary>A copy of the elements, recorded by autograd.</summary>
        public Tensor clone() => New(Native.clone(Handle), nameof(clone), this);

        /// <summary>The same elements, one after another in memory.</summary>
        public Tensor contiguous() => New(Native.contiguous(Handle), nameof(contiguous), this);

        /// <summary>The same elements outside of the autograd graph.</summary>
        public Tensor detach() => New(Native.detach(Handle), nameof(detach), this);

        /// <summary>The diagonal between two dimensions, as the last dimension of a view.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => New(Native.diagonal(Handle, offset, dim1, dim2), nameof(diagonal), this);

        /// <summary>Matrices with this tensor's last dimension on a diagonal.</summary>
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => New(Native.diag_embed(Handle, offset, dim1, dim2), nameof(diag_embed), this);

        /// <summary>A view of a larger shape; a size of -1 keeps the dimension's.</summary>
        public Tensor expand(params long[] sizes) => expand(sizes, false);

        /// <inheritdoc cref="expand(long[])"/>
        public unsafe Tensor expand(long[] sizes, bool isImplicit)
        {
            fixed (long* pointer = sizes)
                return New(Native.expand(Handle, pointer, sizes.Length, Flag(isImplicit)), nameof(expand), this);
        }

        /// <summary>A view of another tensor's shape.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape, false);

        /// <summary>A view of a larger shape.</summary>
        public unsafe Tensor broadcast_to(params long[] shape)
        {
            fixed (long* pointer = shape)
                return New(Native.broadcast_to(Handle, pointer, shape.Length), nameof(broadcast_to), this);
        }

        /// <summary>The dimensions from start to end as one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => New(Native.flatten(Handle, start_dim, end_dim), nameof(flatten), this);

        /// <summary>Elements picked along a dimension by an index tensor of the result's shape.</summary>
        public Tensor gather(long dim, Tensor index) => New(Native.gather(Handle, dim, index.Handle), nameof(gather), this, index);

        /// <summary>Slices picked along a dimension by a vector of positions.</summary>
        public Tensor index_select(long dim, Tensor index) => New(Native.index_select(Handle, dim, index.Handle), nameof(index_select), this, index);

        /// <summary>A view of a part of one dimension.</summary>
        public Tensor narrow(long dim, long start, long length) => New(Native.narrow(Handle, dim, start, length), nameof(narrow), this);

        /// <summary>A view with the dimensions in another order.</summary>
        public unsafe Tensor permute(params long[] permutation)
        {
            fixed (long* pointer = permutation)
                return New(Native.permute(Handle, pointer, permutation.Length), nameof(permute), this);
        }

        /// <summary>The same elements in another shape; one size may be -1.</summary>
        public unsafe Tensor reshape(params long[] shape)
        {
            fixed (long* pointer = shape)
                return New(Native.reshape(Handle, pointer, shape.Length), nameof(reshape), this);
        }

        /// <summary>A view at one position of a dimension, which goes.</summary>
        public Tensor select(long dim, long index) => New(Native.select(Handle, dim, index), nameof(select), this);

        /// <summary>A view of every step-th position of a dimension.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => New(Native.slice(Handle, dim, start, finish, step), nameof(slice), this);

        /// <summary>A view without dimensions of size 1, or without one of them.</summary>
        public Tensor squeeze(long? dim = null) =>
            New(dim is { } one ? Native.squeeze_dim(Handle, one) : Native.squeeze(Handle), nameof(squeeze), this);

        /// <summary>A view with two dimensions exchanged.</summary>
        public Tensor transpose(long dim0, long dim1) => New(Native.transpose(Handle, dim0, dim1), nameof(transpose), this);

        /// <summary>The lower triangle of matrices, zero above the given diagonal.</summary>
        public Tensor tril(long diagonal = 0) => New(Native.tril(Handle, diagonal), nameof(tril), this);

        /// <summary>The upper triangle of matrices, zero below the given diagonal.</summary>
        public Tensor triu(long diagonal = 0) => New(Native.triu(Handle, diagonal), nameof(triu), this);

        /// <summary>A view with a dimension of size 1 inserted.</summary>
        public Tensor unsqueeze(long dim) => New(Native.unsqueeze(Handle, dim), nameof(unsqueeze), this);

        /// <summary>A view in another shape; one size may be -1.</summary>
        public unsafe Tensor view(params long[] shape)
        {
            fixed (long* pointer = shape)
                return New(Native.view(Handle, pointer, shape.Length), nameof(view), this);
        }

        /// <summary>A view in another tensor's shape.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>This tensor on the processor.</summary>
        public Tensor cpu() => to(torch.CPU);

        /// <summary>This tensor on an NVIDIA accelerator.</summary>
        public Tensor cuda(Device? device = null) => to(device ?? torch.CUDA);

        /// <summary>This tensor with elements of another type.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Native.to_type(Handle, (int)type, Flag(copy), Flag(non_blocking)), nameof(to_type), disposeAfter);

        /// <inheritdoc cref="to_type"/>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to_type(type, copy, disposeAfter, non_blocking);

        /// <summary>This tensor on another device.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) => to(dtype, device, copy, disposeAfter, non_blocking);

        /// <summary>This tensor with elements of another type on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Converted(Native.to(Handle, (int)device.type, device.index, (int)type, Flag(copy), Flag(non_blocking)), nameof(to), disposeAfter);

        /// <summary>This tensor with another's element type, where the other is.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => to(other.dtype, other.device, non_blocking: non_blocking);

        /// <summary>This tensor in single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>This tensor in double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>This tensor as 64-bit integers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>This tensor as truth values.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        // libtorch answers a conversion that changes nothing with the same tensor, which then must not be disposed on this side alone.
        private Tensor Converted(nint result, string operation, bool disposeAfter)
        {
            var converted = New(result, operation, this);
            if (disposeAfter)
                Dispose();
            return converted;
        }
    }

    /// <summary>Tensors of one shape, one after another along a dimension.</summary>
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        unsafe
        {
            var handles = Handles(tensors);
            fixed (nint* pointer = handles)
                return Tensor.New(Native.cat(pointer, handles.Length, dim), nameof(cat), tensors.FirstOrDefault(), tensors.LastOrDefault());
        }
    }

    /// <summary>Tensors of one shape along a new dimension.</summary>
    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        unsafe
        {
            var list = tensors as IList<Tensor> ?? [.. tensors];
            var handles = Handles(list);
            fixed (nint* pointer = handles)
                return Tensor.New(Native.stack(pointer, handles.Length, dim), nameof(stack), list.FirstOrDefault(), list.LastOrDefault());
        }
    }

    /// <summary>Views of tensors in their common shape.</summary>
    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors)
    {
        unsafe
        {
            var handles = Handles(tensors);
            var results = new nint[handles.Length];
            fixed (nint* pointer = handles, target = results)
                if (Native.BroadcastTensors(pointer, handles.Length, target) != 0)
                    NativeFailure.Throw(nameof(broadcast_tensors), tensors);
            return [.. results.Select(result => new Tensor(result))];
        }
    }

    /// <inheritdoc cref="Tensor.diag_embed"/>
    public static Tensor diag_embed(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1) => input.diag_embed(offset, dim1, dim2);

    /// <inheritdoc cref="Tensor.broadcast_to"/>
    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);

    internal static nint[] Handles(IList<Tensor> tensors)
    {
        var handles = new nint[tensors.Count];
        for (var i = 0; i < handles.Length; i++)
            handles[i] = tensors[i].Handle;
        return handles;
    }
}
