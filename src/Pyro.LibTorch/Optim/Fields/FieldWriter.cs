using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Writes the fields, little-endian, tensors as <see cref="TensorFile"/> has them.</summary>
internal sealed class FieldWriter(BinaryWriter writer) : IFields
{
    public void Visit(ref double value) => writer.Write(value);

    public void Visit(ref long value) => writer.Write(value);

    public void Visit(ref double? value) => writer.Write(value.GetValueOrDefault());

    public void Visit(ref bool? value) => writer.Write(value.GetValueOrDefault());

    public void Visit(ref torch.Tensor value) => TensorFile.Write(writer, value);

    public void VisitOptional(ref torch.Tensor? value)
    {
        writer.Write(value is not null);
        if (value is not null)
            TensorFile.Write(writer, value);
    }
}
