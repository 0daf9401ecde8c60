using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>The parameters of a planar flow: u and w of shape (D), and b, 0-dim.</summary>
public sealed class PlanarWeights : nn.Module
{
    /// <summary>Creates the parameters: uniform within ±1/√D.</summary>
    /// <param name="inputDim">The number of variables D.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public PlanarWeights(long inputDim, ScalarType? dtype = null)
        : base(nameof(PlanarWeights))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputDim);
        var bound = 1 / Math.Sqrt(inputDim);
        U = new Parameter((rand(inputDim, dtype) * 2 - 1) * bound);
        W = new Parameter((rand(inputDim, dtype) * 2 - 1) * bound);
        Bias = new Parameter(zeros([], dtype));
        register_parameter("u", U);
        register_parameter("w", W);
        register_parameter("bias", Bias);
    }

    /// <summary>The direction before it is corrected.</summary>
    public Parameter U { get; }

    /// <summary>The weights of the variables.</summary>
    public Parameter W { get; }

    /// <summary>What is added to the weighted sum.</summary>
    public Parameter Bias { get; }
}
