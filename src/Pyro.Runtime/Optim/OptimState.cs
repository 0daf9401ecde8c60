using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>What an optimizer keeps of one parameter from step to step: how many there were, and some tensors by name.</summary>
public sealed class OptimState : IDisposable
{
    // Few enough that a list is quicker than a dictionary.
    private readonly List<(string Name, Tensor Tensor)> _slots = [];

    /// <summary>How many steps the parameter has been given.</summary>
    public long Steps { get; internal set; }

    /// <summary>The tensors.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Slots => _slots;

    /// <summary>A tensor, which starts with the parameter's shape and one number everywhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="leaf">The parameter.</param>
    /// <param name="initial">The number.</param>
    public Tensor Get(string name, Tensor leaf, double initial = 0)
    {
        foreach (var (known, tensor) in _slots)
            if (known == name)
                return tensor;
        var created = full_like(leaf, initial, requires_grad: false).DetachFromDisposeScope();
        _slots.Add((name, created));
        return created;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in _slots)
            tensor.Dispose();
        _slots.Clear();
    }

    /// <summary>Whether the state was made for a parameter like this.</summary>
    internal bool Fits(Tensor leaf) => _slots.TrueForAll(slot =>
        leaf.dtype == slot.Tensor.dtype && leaf.device_type == slot.Tensor.device_type && leaf.shape.AsSpan().SequenceEqual(slot.Tensor.shape));

    internal void Set(string name, Tensor tensor) => _slots.Add((name, tensor));

    /// <summary>Takes the tensors out of the present dispose scope.</summary>
    internal OptimState Keep()
    {
        foreach (var (_, tensor) in _slots)
            tensor.DetachFromDisposeScope();
        return this;
    }
}
