using TorchSharp;

namespace Pyro.LibTorch;

/// <summary>Gives the fields the values that were collected from another; tensors become copies like the parameter.</summary>
/// <param name="values">The values, in the order of the fields.</param>
/// <param name="like">The parameter, whose element type and device the copies get.</param>
/// <param name="onlyMissing">Whether what has a value keeps it.</param>
internal sealed class FieldAssigner(List<object?> values, torch.Tensor? like, bool onlyMissing = false) : IFields
{
    private int at;

    public void Visit(ref double value)
    {
        var next = (double)values[at++]!;
        if (!onlyMissing)
            value = next;
    }

    public void Visit(ref long value) => value = (long)values[at++]!;

    public void Visit(ref double? value)
    {
        var next = (double?)values[at++];
        value = onlyMissing ? value ?? next : next;
    }

    public void Visit(ref bool? value)
    {
        var next = (bool?)values[at++];
        value = onlyMissing ? value ?? next : next;
    }

    public void Visit(ref torch.Tensor value) => value = Replaced(value)!;

    public void VisitOptional(ref torch.Tensor? value) => value = Replaced(value);

    private torch.Tensor? Replaced(torch.Tensor? old)
    {
        var next = (torch.Tensor?)values[at++];
        if (ReferenceEquals(old, next))
            return old;
        torch.Tensor? copy = null;
        if (next is not null)
        {
            using var mode = torch.no_grad();
            copy = like!.zeros_like(requires_grad: false).DetachFromDisposeScope();
            copy.copy_(next);
        }
        old?.Dispose();
        return copy;
    }
}
