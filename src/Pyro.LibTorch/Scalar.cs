using System.Numerics;
using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>A number to combine with tensors. Holds no native memory; disposing it does nothing.</summary>
public sealed class Scalar : IDisposable
{
    internal Scalar(Number value, torch.ScalarType type)
    {
        Value = value;
        Type = type;
    }

    internal Number Value { get; }

    /// <summary>The element type that the number came from.</summary>
    public torch.ScalarType Type { get; }

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Byte);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(sbyte value) => new((long)value, torch.ScalarType.Int8);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(short value) => new((long)value, torch.ScalarType.Int16);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int32);

    /// <summary>An integer.</summary>
    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    /// <summary>A half precision number.</summary>
    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float16);

    /// <summary>A single precision number.</summary>
    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float32);

    /// <summary>A double precision number.</summary>
    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    /// <summary>A truth value.</summary>
    public static implicit operator Scalar(bool value) => new(new Number(value), torch.ScalarType.Bool);

    /// <summary>A complex number of single precision.</summary>
    public static implicit operator Scalar((float, float) value) => new(new Number(value.Item1, value.Item2), torch.ScalarType.ComplexFloat32);

    /// <summary>A complex number of double precision.</summary>
    public static implicit operator Scalar(Complex value) => new(new Number(value.Real, value.Imaginary), torch.ScalarType.ComplexFloat64);

    /// <summary>Does nothing: there is no native memory.</summary>
    public void Dispose()
    {
    }
}

/// <summary>Numbers to scalars and back.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this byte value) => value;

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this sbyte value) => value;

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this short value) => value;

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>An integer.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>A single precision number.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>A double precision number.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>A complex number of single precision.</summary>
    public static Scalar ToScalar(this (float, float) value) => value;

    /// <summary>A complex number of double precision.</summary>
    public static Scalar ToScalar(this Complex value) => value;

    /// <summary>A truth value.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>A half precision number.</summary>
    public static Scalar ToScalar(this Half value) => value;

    /// <summary>A brain floating point number.</summary>
    public static Scalar ToBFloat16Scalar(this float value) => new((double)value, torch.ScalarType.BFloat16);

    /// <summary>The number in half precision.</summary>
    public static Half ToHalf(this Scalar value) => (Half)Number.Of(value).ToDouble();

    /// <summary>The number in single precision.</summary>
    public static float ToSingle(this Scalar value) => (float)Number.Of(value).ToDouble();

    /// <summary>The number in double precision.</summary>
    public static double ToDouble(this Scalar value) => Number.Of(value).ToDouble();

    /// <summary>The number as an integer, fractions cut off.</summary>
    public static sbyte ToSByte(this Scalar value) => (sbyte)Number.Of(value).ToInt64();

    /// <summary>The number as an integer, fractions cut off.</summary>
    public static byte ToByte(this Scalar value) => (byte)Number.Of(value).ToInt64();

    /// <summary>The number as an integer, fractions cut off.</summary>
    public static short ToInt16(this Scalar value) => (short)Number.Of(value).ToInt64();

    /// <summary>The number as an integer, fractions cut off.</summary>
    public static int ToInt32(this Scalar value) => (int)Number.Of(value).ToInt64();

    /// <summary>The number as an integer, fractions cut off.</summary>
    public static long ToInt64(this Scalar value) => Number.Of(value).ToInt64();

    /// <summary>Whether the number is not 0.</summary>
    public static bool ToBoolean(this Scalar value) => Number.Of(value).ToDouble() != 0;

    /// <summary>The number as a complex one of single precision.</summary>
    public static (float Real, float Imaginary) ToComplexFloat32(this Scalar value) =>
        ((float)Number.Of(value).ToDouble(), (float)Number.Of(value).Imaginary);

    /// <summary>The number as a complex one of double precision.</summary>
    public static Complex ToComplexFloat64(this Scalar value) => new(Number.Of(value).ToDouble(), Number.Of(value).Imaginary);
}
