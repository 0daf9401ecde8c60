using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of dimensions.</summary>
        public long dim()
        {
            var result = Native.pt_dim(Handle);
            GC.KeepAlive(this);
            return result;
        }

        /// <summary>The number of dimensions.</summary>
        public long ndim => dim();

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => dim();

        /// <summary>The number of elements.</summary>
        public long numel()
        {
            var result = Native.pt_numel(Handle);
            GC.KeepAlive(this);
            return result;
        }

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => numel();

        /// <summary>The bytes of an element.</summary>
        public long element_size()
        {
            var result = Native.pt_element_size(Handle);
            GC.KeepAlive(this);
            return result;
        }

        /// <summary>The bytes of an element.</summary>
        public long ElementSize => element_size();

        /// <summary>The element type.</summary>
        public ScalarType dtype
        {
            get
            {
                var result = (ScalarType)Native.pt_dtype(Handle);
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>Whether the elements are integers.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are real floating point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are complex.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Whether the elements are quantized.</summary>
        public bool is_quantized() => torch.is_quantized(dtype);

        /// <summary>The sizes of the dimensions.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[dim()];
                fixed (long* into = sizes)
                    Ops.sizes(this, (nint)into);
                return sizes;
            }
        }

        /// <summary>The sizes of the dimensions.</summary>
        public long[] size() => shape;

        /// <summary>The size of a dimension; negative ones count from the end.</summary>
        public long size(int dim)
        {
            var sizes = shape;
            var index = dim < 0 ? dim + sizes.Length : dim;
            return (uint)index < (uint)sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"A tensor of shape [{string.Join(", ", sizes)}] has no such dimension.");
        }

        /// <summary>For each dimension, how many elements of memory lie between neighbours.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[dim()];
            fixed (long* into = strides)
                Ops.strides(this, (nint)into);
            return strides;
        }

        /// <summary>How many elements of memory lie between neighbours along a dimension.</summary>
        public long stride(int dim)
        {
            var strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        /// <summary>Where in its memory the tensor begins, in elements.</summary>
        public long storage_offset() => Ops.storage_offset(this);

        /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
        public bool is_contiguous() => Ops.is_contiguous(this);

        /// <summary>The same elements in row-major order without gaps; the tensor itself where they are.</summary>
        public Tensor contiguous() => Ops.contiguous(this);

        /// <summary>Whether the memory is page-locked.</summary>
        public bool is_pinned() => Ops.is_pinned(this);

        /// <summary>A copy in page-locked memory.</summary>
        public Tensor pin_memory() => Ops.pin_memory(this);

        /// <summary>The kind of device that the tensor lives on.</summary>
        public DeviceType device_type
        {
            get
            {
                var result = (DeviceType)Native.pt_device_type(Handle);
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>The index of the device that the tensor lives on; −1 for the processor.</summary>
        public int device_index
        {
            get
            {
                var result = Native.pt_device_index(Handle);
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>The device that the tensor lives on.</summary>
        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type, device_index);

        /// <summary>Whether the tensor lives on the processor.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether the tensor lives on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor has a shape only.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether the tensor stores its non-zero elements only.</summary>
        public bool is_sparse
        {
            get
            {
                var result = Native.pt_is_sparse(Handle) != 0;
                GC.KeepAlive(this);
                return result;
            }
        }

        /// <summary>Whether the only element is not 0.</summary>
        public bool is_nonzero() => Ops.is_nonzero(this);
    }
}
