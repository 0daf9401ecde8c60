namespace TorchSharp.Modules;

/// <summary>A leaf that optimizers update. Takes over the tensor it is made from, which is invalid afterwards.</summary>
public class Parameter : torch.Tensor
{
    /// <summary>Makes a leaf of a tensor's elements.</summary>
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.TakeHandle()) => this.requires_grad = requires_grad;
}
