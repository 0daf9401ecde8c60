using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>With another element type; the tensor itself where it has it and no copy is asked for.</summary>
        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        /// <summary>On another device; the tensor itself where it is there and no copy is asked for.</summary>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        /// <summary>With another element type, on another device.</summary>
        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, device, copy, disposeAfter, non_blocking);

        /// <summary>With another element type; the tensor itself where it has it and no copy is asked for.</summary>
        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(type, null, copy, disposeAfter, non_blocking);

        /// <summary>On another device; the tensor itself where it is there and no copy is asked for.</summary>
        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, new Device(device), copy, disposeAfter, non_blocking);

        /// <summary>On another device; the tensor itself where it is there and no copy is asked for.</summary>
        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            To(null, device, copy, disposeAfter, non_blocking);

        /// <summary>With the element type and on the device of another tensor.</summary>
        public Tensor to(Tensor other, bool non_blocking = false) => To(other.dtype, other.device, false, false, non_blocking);

        /// <summary>On the processor.</summary>
        public Tensor cpu() => To(null, CPU, false, false, false);

        /// <summary>On a CUDA device (the first).</summary>
        public Tensor cuda(Device? device = null, bool non_blocking = false) => To(null, device ?? CUDA, false, false, non_blocking);

        /// <summary>On an Apple graphics processor.</summary>
        public Tensor mps(bool non_blocking = false) => To(null, MPS, false, false, non_blocking);

        /// <summary>With another element type.</summary>
        public Tensor type(ScalarType dtype) => to_type(dtype);

        /// <summary>Converted by a function, as torch.FloatTensor.</summary>
        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        /// <summary>As truth values.</summary>
        public Tensor @bool() => to_type(ScalarType.Bool);

        /// <summary>As unsigned 8-bit integers.</summary>
        public Tensor @byte() => to_type(ScalarType.Byte);

        /// <summary>As signed 8-bit integers.</summary>
        public Tensor @char() => to_type(ScalarType.Int8);

        /// <summary>As signed 16-bit integers.</summary>
        public Tensor @short() => to_type(ScalarType.Int16);

        /// <summary>As signed 32-bit integers.</summary>
        public Tensor @int() => to_type(ScalarType.Int32);

        /// <summary>As signed 64-bit integers.</summary>
        public Tensor @long() => to_type(ScalarType.Int64);

        /// <summary>In half precision.</summary>
        public Tensor half() => to_type(ScalarType.Float16);

        /// <summary>In brain floating point.</summary>
        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        /// <summary>In single precision.</summary>
        public Tensor @float() => to_type(ScalarType.Float32);

        /// <summary>In double precision.</summary>
        public Tensor @double() => to_type(ScalarType.Float64);

        /// <summary>Complex, in single precision.</summary>
        public Tensor cfloat() => to_type(ScalarType.ComplexFloat32);

        /// <summary>Complex, in double precision.</summary>
        public Tensor cdouble() => to_type(ScalarType.ComplexFloat64);

        // Like libtorch's to(): nothing to do gives the tensor itself, so that nobody disposes by surprise what another holds.
        private Tensor To(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool nonBlocking)
        {
            var sameType = type is null || type == dtype;
            var sameDevice = device is null || (device.type == device_type && (device.index < 0 || device.index == device_index));
            if (sameType && sameDevice && !copy)
                return this;
            var result = Ops.to(this, Options.Keeping(type, device), nonBlocking, copy);
            if (disposeAfter)
                Dispose();
            return result;
        }
    }
}
