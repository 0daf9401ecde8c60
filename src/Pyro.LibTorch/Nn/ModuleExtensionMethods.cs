using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Modules to other devices and element types; each returns its module.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>Converts floating point parameters and buffers to an element type.</summary>
    public static T to<T>(this T module, ScalarType type, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(type, non_blocking);
        return module;
    }

    /// <summary>Moves to a device and converts floating point parameters and buffers.</summary>
    public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(device, type, non_blocking);
        return module;
    }

    /// <summary>Moves to a device.</summary>
    public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(deviceType, deviceIndex, non_blocking);
        return module;
    }

    /// <summary>Moves to a device.</summary>
    public static T to<T>(this T module, Device device, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(device.type, device.index, non_blocking);
        return module;
    }

    /// <summary>Moves to a device.</summary>
    public static T to<T>(this T module, string device, bool non_blocking = false)
        where T : nn.Module
    {
        module.to(new Device(device), non_blocking);
        return module;
    }

    /// <summary>Takes the device and element type of a tensor.</summary>
    public static T to<T>(this T module, Tensor other, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(other.device, other.dtype, non_blocking);
        return module;
    }

    /// <summary>Moves to the processor.</summary>
    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(DeviceType.CPU, -1, non_blocking);
        return module;
    }

    /// <summary>Moves to a CUDA device.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(DeviceType.CUDA, deviceIndex, non_blocking);
        return module;
    }

    /// <summary>Converts floating point parameters and buffers to half precision.</summary>
    public static T half<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(ScalarType.Float16, non_blocking);
        return module;
    }

    /// <summary>Converts floating point parameters and buffers to brain floating point.</summary>
    public static T bfloat16<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(ScalarType.BFloat16, non_blocking);
        return module;
    }

    /// <summary>Converts floating point parameters and buffers to single precision.</summary>
    public static T @float<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(ScalarType.Float32, non_blocking);
        return module;
    }

    /// <summary>Converts floating point parameters and buffers to double precision.</summary>
    public static T @double<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(ScalarType.Float64, non_blocking);
        return module;
    }

    /// <summary>Converts floating point and complex parameters and buffers to single precision.</summary>
    public static T cfloat<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(ScalarType.ComplexFloat32, non_blocking);
        return module;
    }

    /// <summary>Converts floating point and complex parameters and buffers to double precision.</summary>
    public static T cdouble<T>(this T module, bool non_blocking = false)
        where T : nn.Module
    {
        module._to(ScalarType.ComplexFloat64, non_blocking);
        return module;
    }
}
