using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>A linear layer some of whose weights are zero for good: y = x (W ∘ M)ᵀ + b.</summary>
public sealed class MaskedLinear : nn.Module<Tensor, Tensor>, IForwardWith
{
    private readonly Linear _linear;
    private readonly Tensor _mask;

    /// <summary>Creates the layer, with the first values of a linear one.</summary>
    /// <param name="mask">Ones where weights are, zeros elsewhere: of shape (outputs, inputs).</param>
    /// <exception cref="ArgumentException">The mask is no matrix.</exception>
    public MaskedLinear(Tensor mask)
        : base(nameof(MaskedLinear))
    {
        if (mask.dim() != 2)
            throw new ArgumentException("The mask of a linear layer has the shape (outputs, inputs).", nameof(mask));
        _mask = mask.detach().clone();
        _linear = nn.Linear(mask.Sizes()[1], mask.Sizes()[0], dtype: mask.dtype);
        register_module("linear", _linear);
        register_buffer("mask", _mask);
    }

    /// <summary>Ones where weights are, zeros elsewhere: of shape (outputs, inputs).</summary>
    public Tensor Mask => get_buffer("mask")!;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.linear(input, _linear.weight * Mask, _linear.bias);

    /// <inheritdoc/>
    public Tensor ForwardWith(SampledModule values, Tensor input) => nn.functional.linear(input, values["linear.weight"] * Mask, values["linear.bias"]);
}
