using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>A network of one hidden layer, from the fixed part of a coupling to the parameters of its other part. Its outputs are 0 at first.</summary>
public sealed class Conditioner : nn.Module<Tensor, Tensor>, IForwardWith
{
    private readonly Linear _hidden;
    private readonly Linear _output;

    /// <summary>Creates the network.</summary>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="hidden">The number of hidden units.</param>
    /// <param name="outputs">The number of outputs.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public Conditioner(long inputs, long hidden, long outputs, ScalarType? dtype = null)
        : base(nameof(Conditioner))
    {
        _hidden = nn.Linear(inputs, hidden, dtype: dtype);
        _output = nn.Linear(hidden, outputs, dtype: dtype);
        using (no_grad())
        {
            _output.weight.fill_(0);
            _output.bias!.fill_(0);
        }
        register_module("hidden", _hidden);
        register_module("output", _output);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => _output.forward(_hidden.forward(input).relu());

    /// <inheritdoc/>
    public Tensor ForwardWith(SampledModule values, Tensor input) => values.Part("output").call(values.Part("hidden").call(input).relu());
}
