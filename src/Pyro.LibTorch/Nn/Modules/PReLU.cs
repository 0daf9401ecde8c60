using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>x where positive, else weight · x with a learned weight.</summary>
public sealed class PReLU : nn.Module<Tensor, Tensor>
{
    internal PReLU(long num_parameters, double init, Device? device, ScalarType? dtype)
        : base(nameof(PReLU))
    {
        (this.num_parameters, this.init) = (num_parameters, init);
        register_parameter(nameof(weight), First.Constant([num_parameters], init, device, dtype));
    }

    /// <summary>The weight of negative numbers: one, or one for each channel.</summary>
    public Parameter weight
    {
        get => Own(nameof(weight))!;
        set => Replace(nameof(weight), value);
    }

    /// <summary>1, or the number of channels.</summary>
    public long num_parameters { get; }

    /// <summary>The first value of the weight.</summary>
    public double init { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor tensor) => nn.functional.prelu(tensor, weight);
}
