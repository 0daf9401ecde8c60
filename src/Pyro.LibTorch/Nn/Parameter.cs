using Pyro.LibTorch;

namespace TorchSharp.Modules;

/// <summary>A tensor that belongs to a module and is learned.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Takes over the native half of a leaf tensor, which is as if disposed afterwards.</summary>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(Take(data), 0)
    {
        Ops.requires_grad_(this, requires_grad);
        // A parameter lives with its module.
        DetachFromDisposeScope();
    }

    private static nint Take(torch.Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        // Whatever the tensor was computed from stays out of the parameter's gradient.
        using var leaf = data.is_leaf ? null : data.detach();
        var handle = (leaf ?? data).DecoupleFromNativeHandle();
        data.Dispose();
        return handle;
    }
}
