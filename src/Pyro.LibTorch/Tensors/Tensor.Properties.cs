using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sizes of the dimensions; empty for a 0-dim tensor.</summary>
        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Native.Dim(Handle)];
                fixed (long* target = sizes)
                    Native.Sizes(Handle, target);
                return sizes;
            }
        }

        /// <summary>The number of dimensions.</summary>
        public long ndim => Native.Dim(Handle);

        /// <summary>The number of dimensions.</summary>
        public long Dimensions => Native.Dim(Handle);

        /// <summary>The number of elements.</summary>
        public long NumberOfElements => Native.Numel(Handle);

        /// <summary>The size of one element in bytes.</summary>
        public long ElementSize => dtype switch
        {
            ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool => 1,
            ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
            ScalarType.Int32 or ScalarType.Float32 => 4,
            ScalarType.ComplexFloat64 => 16,
            _ => 8,
        };

        /// <summary>The element type.</summary>
        public ScalarType dtype => (ScalarType)Native.Dtype(Handle);

        /// <summary>Where the tensor lives.</summary>
        public Device device => device_type == DeviceType.CPU ? CPU : new Device(device_type, device_index);

        /// <summary>The kind of device that the tensor lives on.</summary>
        public DeviceType device_type => (DeviceType)Native.Device(Handle);

        /// <summary>The number of that device; -1 on the processor.</summary>
        public int device_index => Native.DeviceIndex(Handle);

        /// <summary>Whether the tensor lives on an NVIDIA accelerator.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether the tensor was made by the user rather than by an operation that autograd recorded.</summary>
        public bool is_leaf => Native.IsLeaf(Handle) != 0;

        /// <summary>Whether autograd records operations on this tensor.</summary>
        public bool requires_grad
        {
            get => Native.RequiresGrad(Handle) != 0;
            set => Done(Native.set_requires_grad(Handle, value ? (byte)1 : (byte)0), nameof(requires_grad), this);
        }

        /// <summary>The gradient that backward passes have accumulated here; null before the first one.</summary>
        public Tensor? grad
        {
            get => Native.HasGrad(Handle) == 0 ? null : New(Native.grad(Handle), nameof(grad), this);
            set => Done(Native.set_grad(Handle, value?.Handle ?? 0), nameof(grad), this, value);
        }

        /// <summary>The number of dimensions.</summary>
        public long dim() => Native.Dim(Handle);

        /// <summary>The number of elements.</summary>
        public long numel() => Native.Numel(Handle);

        /// <summary>The sizes of the dimensions.</summary>
        public long[] size() => shape;

        /// <summary>The size of one dimension; negative numbers count from the last.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
        public long size(int dim)
        {
            var sizes = shape;
            var index = dim < 0 ? dim + sizes.Length : dim;
            return index >= 0 && index < sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(nameof(dim), dim, $"The tensor has {sizes.Length} dimensions.");
        }

        /// <summary>How many elements lie between neighbours along each dimension.</summary>
        public unsafe long[] stride()
        {
            var strides = new long[Native.Dim(Handle)];
            fixed (long* target = strides)
                Native.Strides(Handle, target);
            return strides;
        }

        /// <summary>Whether the elements lie one after another, the last dimension fastest.</summary>
        public bool is_contiguous() => Native.IsContiguous(Handle) != 0;

        /// <summary>Whether the elements are real floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);
    }
}
