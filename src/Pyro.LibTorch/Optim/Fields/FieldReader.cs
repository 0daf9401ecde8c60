using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Reads the fields that <see cref="FieldWriter"/> wrote, into options or a state that nobody uses yet; trusts nothing.</summary>
internal sealed class FieldReader(BinaryReader reader) : IFields
{
    public void Visit(ref double value)
    {
        value = reader.ReadDouble();
        if (!double.IsFinite(value))
            throw new InvalidDataException($"The file has {value} where an optimizer has a number.");
    }

    public void Visit(ref long value)
    {
        value = reader.ReadInt64();
        if (value < 0)
            throw new InvalidDataException($"The file has {value} where an optimizer counts its steps.");
    }

    public void Visit(ref double? value)
    {
        var read = 0.0;
        Visit(ref read);
        value = read;
    }

    public void Visit(ref bool? value) => value = Flag();

    public void Visit(ref torch.Tensor value)
    {
        var read = TensorFile.ReadTensor(reader).DetachFromDisposeScope();
        value?.Dispose();
        value = read;
    }

    public void VisitOptional(ref torch.Tensor? value)
    {
        var read = Flag() ? TensorFile.ReadTensor(reader).DetachFromDisposeScope() : null;
        value?.Dispose();
        value = read;
    }

    private bool Flag() => reader.ReadByte() switch
    {
        0 => false,
        1 => true,
        var other => throw new InvalidDataException($"The file has {other} where an optimizer has yes or no."),
    };
}
