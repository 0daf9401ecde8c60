using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>The parameters of a normalising flow layer: the scale's logarithm and the shift, of shape (D); and its moving averages.</summary>
public sealed class NormWeights : nn.Module
{
    /// <summary>Creates the parameters: the identity.</summary>
    /// <param name="inputDim">The number of variables D.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    public NormWeights(long inputDim, ScalarType? dtype = null)
        : base(nameof(NormWeights))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputDim);
        LogScale = new Parameter(zeros(inputDim, dtype));
        Shift = new Parameter(zeros(inputDim, dtype));
        register_parameter("log_scale", LogScale);
        register_parameter("shift", Shift);
        register_buffer("mean", zeros(inputDim, dtype));
        register_buffer("variance", ones(inputDim, dtype));
    }

    /// <summary>The logarithm of the scale.</summary>
    public Parameter LogScale { get; }

    /// <summary>The shift.</summary>
    public Parameter Shift { get; }

    /// <summary>The moving average of the means.</summary>
    public Tensor Mean => get_buffer("mean")!;

    /// <summary>The moving average of the variances.</summary>
    public Tensor Variance => get_buffer("variance")!;
}
