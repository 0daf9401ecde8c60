using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Moves the tensors among the fields to a device.</summary>
internal sealed class FieldMover(torch.Device device) : IFields
{
    public void Visit(ref double value)
    {
    }

    public void Visit(ref long value)
    {
    }

    public void Visit(ref double? value)
    {
    }

    public void Visit(ref bool? value)
    {
    }

    public void Visit(ref torch.Tensor value) => value = Moved(value);

    public void VisitOptional(ref torch.Tensor? value) => value = value is null ? null : Moved(value);

    private torch.Tensor Moved(torch.Tensor tensor)
    {
        if (tensor.device == device)
            return tensor;
        var moved = tensor.to(device).DetachFromDisposeScope();
        tensor.Dispose();
        return moved;
    }
}
