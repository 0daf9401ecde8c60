using System.Runtime.InteropServices;
using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>What every export returns: a tensor's handle or a marker (0: failed), and its bytes or a number.</summary>
internal readonly struct Result(nint value, long extra)
{
    /// <summary>The marker of calls that return no tensor.</summary>
    internal const nint Nothing = 1;

    internal readonly nint Value = value;
    internal readonly long Extra = extra;
}

/// <summary>A pointer and a count, by value.</summary>
internal readonly unsafe struct NativeSpan(void* values, long count)
{
    internal readonly void* Values = values;
    internal readonly long Count = count;

    /// <summary>Absent for null; an empty array is present.</summary>
    internal static NativeSpan OrNone<TNumber>(TNumber* pinned, TNumber[]? values)
        where TNumber : unmanaged => values is null ? default : new(values.Length == 0 ? (void*)1 : pinned, values.Length);
}

internal readonly struct OptionalLong(long? value)
{
    internal readonly long Value = value.GetValueOrDefault();
    internal readonly long Present = value.HasValue ? 1 : 0;
}

internal readonly struct OptionalDouble(double? value)
{
    internal readonly double Value = value.GetValueOrDefault();
    internal readonly long Present = value.HasValue ? 1 : 0;
}

/// <summary>A number with its kind, by value: what libtorch calls a Scalar.</summary>
[StructLayout(LayoutKind.Explicit)]
internal readonly struct Number
{
    private const long IntegerKind = 1, RealKind = 2, BooleanKind = 3, ComplexKind = 4;

    [FieldOffset(0)] private readonly long kind;
    [FieldOffset(8)] private readonly long integer;
    [FieldOffset(8)] private readonly double real;
    [FieldOffset(16)] private readonly double imaginary;

    internal Number(long value)
    {
        kind = IntegerKind;
        integer = value;
    }

    internal Number(double value)
    {
        kind = RealKind;
        real = value;
    }

    internal Number(bool value)
    {
        kind = BooleanKind;
        integer = value ? 1 : 0;
    }

    internal Number(double real, double imaginary)
    {
        kind = ComplexKind;
        this.real = real;
        this.imaginary = imaginary;
    }

    internal bool IsReal => kind == RealKind;

    internal bool IsComplex => kind == ComplexKind;

    internal long ToInt64() => kind is RealKind or ComplexKind ? (long)real : integer;

    internal double ToDouble() => kind is RealKind or ComplexKind ? real : integer;

    internal double Imaginary => imaginary;

    internal static Number Of(Scalar scalar)
    {
        ArgumentNullException.ThrowIfNull(scalar);
        return scalar.Value;
    }

    /// <summary>Absent for null.</summary>
    internal static Number OrNone(Scalar? scalar) => scalar is null ? default : scalar.Value;

    public static implicit operator Number(long value) => new(value);

    public static implicit operator Number(double value) => new(value);
}

/// <summary>Element type, device and gradient flag of a tensor to be made, by value.</summary>
internal readonly struct Options
{
    private const sbyte Unset = -1;

    internal readonly sbyte Dtype;
    internal readonly sbyte Device;
    internal readonly sbyte Index;
    internal readonly byte RequiresGrad;

    /// <summary>No dtype means the default floating point type; no device means the default device.</summary>
    internal Options(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad = false)
    {
        Dtype = Code(dtype);
        var target = device ?? torch.DefaultDevice;
        torch.RequireDevice(target);
        Device = (sbyte)target.type;
        Index = (sbyte)target.index;
        RequiresGrad = requiresGrad ? (byte)1 : (byte)0;
    }

    private Options(sbyte dtype, sbyte device, sbyte index, bool requiresGrad)
    {
        Dtype = dtype;
        Device = device;
        Index = index;
        RequiresGrad = requiresGrad ? (byte)1 : (byte)0;
    }

    /// <summary>What is not given stays as it is in the tensor that the operation starts from.</summary>
    internal static Options Keeping(torch.ScalarType? dtype, torch.Device? device, bool requiresGrad = false)
    {
        if (device is not null)
            torch.RequireDevice(device);
        return new(Code(dtype), device is null ? Unset : (sbyte)device.type, device is null ? Unset : (sbyte)device.index, requiresGrad);
    }

    internal static sbyte Code(torch.ScalarType? dtype) => dtype is { } known ? (sbyte)known : Unset;
}
