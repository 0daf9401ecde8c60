using Pyro.LibTorch;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>A row of a table for each integer.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly long paddingIndex;
    private readonly double? maxNorm;
    private readonly double normType;
    private readonly bool scaleByFrequency;
    private readonly bool sparse;

    internal Embedding(Parameter weight, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse)
        : base(nameof(Embedding))
    {
        var count = weight.shape[0];
        if (padding_idx is { } index && (index < -count || index >= count))
            throw new ArgumentOutOfRangeException(nameof(padding_idx), index, $"The table has {count} rows.");
        paddingIndex = padding_idx is { } given ? (given < 0 ? given + count : given) : -1;
        (maxNorm, normType, scaleByFrequency, this.sparse) = (max_norm, norm_type, scale_grad_by_freq, sparse);
        register_parameter(nameof(weight), weight);
    }

    internal static Embedding Create(long count, long size, long? padding_idx, double? max_norm, double norm_type, bool scale_grad_by_freq, bool sparse, Device? device, ScalarType? dtype)
    {
        var made = new Embedding(new Parameter(nn.init.normal_(empty([count, size], dtype, device))), padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse);
        if (made.paddingIndex >= 0)
            nn.init.zeros_(made.weight[made.paddingIndex]);
        return made;
    }

    /// <summary>Shape (number of rows, size of a row).</summary>
    public Parameter weight
    {
        get => Own(nameof(weight))!;
        set => Replace(nameof(weight), value);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (maxNorm is { } most)
            using (no_grad())
                Ops.embedding_renorm_(weight, input.contiguous(), most, normType);
        return Ops.embedding(weight, input, paddingIndex, scaleByFrequency, sparse);
    }
}
