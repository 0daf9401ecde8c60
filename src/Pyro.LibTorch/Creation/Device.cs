namespace TorchSharp;

/// <summary>Where tensors live, with libtorch's numbers.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    CPU = 0,

    /// <summary>An NVIDIA accelerator.</summary>
    CUDA = 1,
}

public static partial class torch
{
    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current NVIDIA accelerator.</summary>
    public static readonly Device CUDA = new(DeviceType.CUDA);

    /// <summary>Whether libtorch can use an NVIDIA accelerator.</summary>
    public static bool cuda_is_available() => Pyro.LibTorch.Native.CudaIsAvailable() != 0;

    /// <summary>A device by its description: "cpu", "cuda" or "cuda:1".</summary>
    public static Device device(string description) => new(description);

    /// <summary>Where a tensor lives: a kind of device and its number (-1: the current one).</summary>
    public class Device
    {
        /// <summary>A device by its description: "cpu", "cuda" or "cuda:1".</summary>
        /// <exception cref="ArgumentException">The description is none of these.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = parts[0].ToUpperInvariant() switch
            {
                "CPU" => DeviceType.CPU,
                "CUDA" => DeviceType.CUDA,
                _ => throw new ArgumentException($"'{description}' is not a device; expected cpu, cuda or cuda:N.", nameof(description)),
            };
            index = -1;
            if (parts.Length > 1)
                index = parts.Length == 2 && int.TryParse(parts[1], out var number) && number >= 0
                    ? number
                    : throw new ArgumentException($"'{description}' is not a device; expected cpu, cuda or cuda:N.", nameof(description));
        }

        /// <summary>A device by its kind and number.</summary>
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        /// <summary>The kind of device.</summary>
        public DeviceType type { get; }

        /// <summary>The number of the device among its kind; -1 is the current one.</summary>
        public int index { get; }

        /// <summary>A device by its description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <inheritdoc/>
        public override string ToString()
        {
            var name = type == DeviceType.CPU ? "cpu" : "cuda";
            return index < 0 ? name : $"{name}:{index}";
        }
    }
}
