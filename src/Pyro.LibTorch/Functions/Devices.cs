using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>The functions, types and constants of PyTorch, with TorchSharp's names, over the system's libtorch.</summary>
public static partial class torch
{
    /// <summary>Where a tensor lives.</summary>
    public class Device
    {
        /// <summary>A device by description: "cpu", "cuda", "cuda:1".</summary>
        public Device(string description)
        {
            ArgumentNullException.ThrowIfNull(description);
            var parts = description.Split(':');
            type = TypeOf(parts[0]);
            index = parts.Length switch
            {
                1 => DefaultIndex(type),
                2 when int.TryParse(parts[1], out var parsed) && parsed >= 0 => parsed,
                _ => throw new ArgumentException($"'{description}' is not a device; write cpu, cuda or cuda:0.", nameof(description)),
            };
        }

        /// <summary>A device by type and index; −1 is the current one of the type.</summary>
        public Device(string deviceType, int index = -1)
            : this(TypeOf(deviceType), index)
        {
        }

        /// <summary>A device by type and index; −1 is the current one of the type.</summary>
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index < 0 ? DefaultIndex(deviceType) : index;
        }

        /// <summary>A CUDA device.</summary>
        public Device(int index)
            : this(DeviceType.CUDA, index)
        {
        }

        /// <summary>The type.</summary>
        public DeviceType type { get; private set; }

        /// <summary>The index among the devices of the type; −1 for the processor.</summary>
        public int index { get; private set; }

        /// <summary>A device by description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>The description, as "cuda:0".</summary>
        public override string ToString()
        {
            var text = type.ToString().ToLowerInvariant();
            return index < 0 ? text : $"{text}:{index}";
        }

        private static int DefaultIndex(DeviceType type) => type is DeviceType.CPU or DeviceType.META ? -1 : 0;

        private static DeviceType TypeOf(string name) => name switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            "mps" => DeviceType.MPS,
            "meta" => DeviceType.META,
            _ => throw new ArgumentException($"'{name}' is not a kind of device; there are cpu, cuda, mps and meta."),
        };
    }

    /// <summary>The processor.</summary>
    public static Device CPU = new(DeviceType.CPU, -1);

    /// <summary>Shapes without data.</summary>
    public static Device META = new(DeviceType.META, -1);

    private static Device? defaultDevice;

    /// <summary>The first CUDA device.</summary>
    public static Device CUDA => new(DeviceType.CUDA, 0);

    /// <summary>The first Apple graphics processor.</summary>
    public static Device MPS => new(DeviceType.MPS, 0);

    internal static Device DefaultDevice => defaultDevice ?? CPU;

    /// <summary>A device by description: "cpu", "cuda", "cuda:1".</summary>
    public static Device device(string description) => new(description);

    /// <summary>A device by type and index.</summary>
    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A device by type and index.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>A CUDA device.</summary>
    public static Device device(int index) => new(index);

    /// <summary>The device that factories use unless told otherwise.</summary>
    public static Device get_default_device() => DefaultDevice;

    /// <summary>Sets the device that factories use unless told otherwise.</summary>
    public static void set_default_device(Device device)
    {
        RequireDevice(device);
        defaultDevice = device;
    }

    /// <summary>Sets the device that factories use unless told otherwise.</summary>
    public static void set_default_device(string device) => set_default_device(new Device(device));

    /// <summary>Whether libtorch has CUDA and a device for it.</summary>
    public static bool cuda_is_available() => cuda.is_available();

    /// <summary>Whether libtorch runs on an Apple graphics processor: not here.</summary>
    public static bool mps_is_available() => false;

    /// <summary>Whether a kind of device can be used.</summary>
    public static bool TryInitializeDeviceType(DeviceType deviceType) => deviceType switch
    {
        DeviceType.CPU or DeviceType.META => true,
        DeviceType.CUDA => cuda.is_available(),
        _ => false,
    };

    /// <summary>Makes sure that a kind of device can be used.</summary>
    /// <exception cref="InvalidOperationException">It cannot.</exception>
    public static void InitializeDeviceType(DeviceType deviceType) => RequireDevice(new Device(deviceType));

    /// <summary>Makes sure that a device can be used; the processor for null.</summary>
    public static Device InitializeDevice(Device? device)
    {
        var target = device ?? DefaultDevice;
        RequireDevice(target);
        return target;
    }

    internal static void RequireDevice(Device device)
    {
        if (device.type is not (DeviceType.CPU or DeviceType.META) && !TryInitializeDeviceType(device.type))
            throw new InvalidOperationException(
                $"There is no device '{device}' here: this libtorch has no {device.type} or finds no such device. Use torch.CPU.");
    }

    /// <summary>The CUDA devices.</summary>
    public static partial class cuda
    {
        /// <summary>Whether libtorch has CUDA and a device for it.</summary>
        public static bool is_available() => Ops.cuda_available() && Ops.cuda_devices() > 0;

        /// <summary>Whether libtorch has cuDNN.</summary>
        public static bool is_cudnn_available() => is_available() && Ops.cudnn_available();

        /// <summary>The number of CUDA devices.</summary>
        public static int device_count() => (int)Ops.cuda_devices();

        /// <summary>Seeds the generators of all devices.</summary>
        public static void manual_seed(long seed) => Ops.seed_all(seed);

        /// <summary>Seeds the generators of all devices.</summary>
        public static void manual_seed_all(long seed) => Ops.seed_all(seed);

        /// <summary>Waits until a device (the current one) has done its work.</summary>
        public static void synchronize(Device? device = null) => Ops.cuda_synchronize(device?.index ?? -1);
    }
}
