using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>A function whose derivative is written in C#.</summary>
internal interface IDifferentiated
{
    /// <summary>The derivative by each argument times the gradients of the results.</summary>
    List<Tensor> Backward(autograd.AutogradContext context, List<Tensor> gradients);
}
