namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Converts to a device and element type.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                _toEpilog(dtype, device, non_blocking);
                return this;
            }

            /// <summary>Moves to a device.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);
                return this;
            }

            /// <summary>Converts to an element type.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                _toEpilog(dtype, null, non_blocking);
                return this;
            }

            /// <summary>
            /// Converts parameters and buffers where they are: the objects stay, so that fields and optimizers keep pointing at them. A floating point type
            /// is for floating point tensors only.
            /// </summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                if (device is not null)
                    RequireDevice(device);
                foreach (var parameter in parameters())
                    parameter.Become(dtype, device, non_blocking);
                foreach (var buffer in buffers())
                    buffer.Become(dtype, device, non_blocking);
            }
        }
    }

    public partial class Tensor
    {
        // The same object over converted elements; its gradient with it.
        internal void Become(ScalarType? dtype, Device? device, bool nonBlocking)
        {
            var type = dtype is { } wanted && (is_floating_point() || is_complex()) == (torch.is_floating_point(wanted) || torch.is_complex(wanted))
                ? wanted
                : this.dtype;
            using var scope = NewDisposeScope();
            using var mode = no_grad();
            var converted = detach().to(type, device ?? this.device, non_blocking: nonBlocking);
            if (converted.dtype == this.dtype && converted.device_type == device_type && converted.device_index == device_index)
                return;
            var gradient = grad?.to(type, device ?? this.device, non_blocking: nonBlocking);
            var leaf = requires_grad;
            Assume(converted);
            requires_grad = leaf;
            if (gradient is not null)
                grad = gradient;
        }
    }
}
