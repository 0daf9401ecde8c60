using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>A network that can compute with other values of its parameters, so that what <c>RandomModule</c> gives for it can be called.</summary>
public interface IForwardWith
{
    /// <summary>What the network's forward computes, with values in the place of its parameters.</summary>
    /// <param name="values">The values by the parameters' names; <see cref="SampledModule.Part"/> has those of a part of the network, which can be called too.</param>
    /// <param name="input">The input.</param>
    Tensor ForwardWith(SampledModule values, Tensor input);
}
