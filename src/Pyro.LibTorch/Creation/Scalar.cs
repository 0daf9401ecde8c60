using Pyro.LibTorch;

namespace TorchSharp;

/// <summary>A number of any element type, as an argument of tensor operations. Held by value: there is nothing native in it.</summary>
public sealed class Scalar : IDisposable
{
    private Scalar(Number number, torch.ScalarType type) => (Number, Type) = (number, type);

    /// <summary>The element type that the number had in C#.</summary>
    public torch.ScalarType Type { get; }

    internal Number Number { get; }

    /// <summary>A scalar of the same value.</summary>
    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Byte);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(sbyte value) => new((long)value, torch.ScalarType.Int8);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(short value) => new((long)value, torch.ScalarType.Int16);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int32);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(Half value) => new((double)value, torch.ScalarType.Float16);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float32);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    /// <inheritdoc cref="op_Implicit(byte)"/>
    public static implicit operator Scalar(bool value) => new(value, torch.ScalarType.Bool);

    /// <summary>Nothing to release; present because the reference API has it.</summary>
    public void Dispose()
    {
    }
}
