using Pyro.Params;
using static TorchSharp.torch;

namespace Pyro.Optim;

/// <summary>What an optimizer keeps of one parameter from step to step: how many there were, and some tensors by name.</summary>
public sealed class OptimState : IDisposable
{
    // Few enough that a list is quicker than a dictionary.
    private readonly List<(string Name, Tensor Tensor)> _slots = [];

    // Weak: a parameter that was removed from its store is not held. None while a state that was loaded waits for its parameter.
    private WeakReference<StoredParam>? _parameter;

    internal OptimState()
    {
    }

    /// <summary>How many steps the parameter has been given.</summary>
    public long Steps { get; internal set; }

    /// <summary>The tensors.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Slots => _slots;

    /// <summary>The shape of the parameter's <see cref="StoredParam.Unconstrained"/>; null where a state that has no tensors does not know it.</summary>
    internal long[]? Shape { get; set; }

    /// <summary>What else was loaded for the parameter, in the form of whoever keeps it; null for nothing.</summary>
    internal byte[]? Bytes { get; set; }

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

    /// <summary>Whether there is a tensor of this name yet.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name)
    {
        foreach (var (known, _) in _slots)
            if (known == name)
                return true;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in _slots)
            tensor.Dispose();
        _slots.Clear();
    }

    /// <summary>
    /// Whether the state goes on with a parameter: with the one that it was made for, with one that was loaded or put in its place, and with any where the
    /// state was loaded itself and waits for its parameter; as long as shape, numbers and device are the same.
    /// </summary>
    internal bool IsOf(StoredParam parameter) => (_parameter is null || parameter.Continues || IsMadeFor(parameter)) && Fits(parameter.Unconstrained);

    /// <summary>Makes it the state of a parameter.</summary>
    internal void Take(StoredParam parameter)
    {
        if (IsMadeFor(parameter))
            return;
        _parameter = new WeakReference<StoredParam>(parameter);
        Shape = parameter.Unconstrained.Sizes();
    }

    internal void Set(string name, Tensor tensor) => _slots.Add((name, tensor));

    /// <summary>Takes the tensors out of the present dispose scope.</summary>
    internal OptimState Keep()
    {
        foreach (var (_, tensor) in _slots)
            tensor.DetachFromDisposeScope();
        return this;
    }

    private bool IsMadeFor(StoredParam parameter) => _parameter is not null && _parameter.TryGetTarget(out var own) && ReferenceEquals(own, parameter);

    private bool Fits(Tensor leaf)
    {
        if (Shape is not null && !leaf.Sizes().AsSpan().SequenceEqual(Shape))
            return false;
        foreach (var (_, tensor) in _slots)
            if (leaf.dtype != tensor.dtype || leaf.device_type != tensor.device_type)
                return false;
        return true;
    }
}
