using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Collects the values of the fields; tensors themselves, not copies.</summary>
internal sealed class FieldValues : IFields
{
    internal List<object?> Values { get; } = [];

    public void Visit(ref double value) => Values.Add(value);

    public void Visit(ref long value) => Values.Add(value);

    public void Visit(ref double? value) => Values.Add(value);

    public void Visit(ref bool? value) => Values.Add(value);

    public void Visit(ref torch.Tensor value) => Values.Add(value);

    public void VisitOptional(ref torch.Tensor? value) => Values.Add(value);
}
