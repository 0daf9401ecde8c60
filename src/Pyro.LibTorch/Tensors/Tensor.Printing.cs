using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Shape, element type, device and elements; long dimensions are abridged.</summary>
        public override string ToString() => TensorPrinter.Print(this);
    }
}
