using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Each element divided by (k + alpha · the mean of the squares in neighbouring channels)^beta.</summary>
public sealed class LocalResponseNorm : ParameterLessModule<Tensor, Tensor>
{
    internal LocalResponseNorm(long size, double alpha, double beta, double k)
        : base(nameof(LocalResponseNorm)) => (this.size, this.alpha, this.beta, this.k) = (size, alpha, beta, k);

    /// <summary>The number of channels in a neighbourhood.</summary>
    public long size { get; set; }

    /// <summary>The weight of the mean.</summary>
    public double alpha { get; set; }

    /// <summary>The exponent.</summary>
    public double beta { get; set; }

    /// <summary>What is added.</summary>
    public double k { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => nn.functional.local_response_norm(input, size, alpha, beta, k);
}
