using static TorchSharp.torch;

namespace Pyro.Nn;

/// <summary>
/// A network of one hidden layer whose i-th outputs depend on the inputs before the i-th alone, in the order of a permutation (MADE: Germain et al., 2015). Input (…, D),
/// output (…, multiplier · D): block after block, each in the inputs' order. The first variable's outputs are constants; the last variable is never used.
/// </summary>
public sealed class AutoRegressiveNN : nn.Module<Tensor, Tensor>, IForwardWith
{
    private readonly MaskedLinear _hidden;
    private readonly MaskedLinear _output;

    /// <summary>Creates the network.</summary>
    /// <param name="inputDim">The number of variables D.</param>
    /// <param name="hiddenDim">The number of hidden units.</param>
    /// <param name="outputDimMultiplier">How many outputs there are for each variable.</param>
    /// <param name="maskEncoding">For each hidden unit, how many variables it sees, from 1 to D − 1; 1, 2, …, D − 1, 1, … where none is given.</param>
    /// <param name="permutation">The variables' order: which comes first, second, …; that of the input where none is given.</param>
    /// <param name="dtype">The dtype; the default one where none is given.</param>
    /// <exception cref="ArgumentException">A count is not positive, the encoding does not fit, or the permutation is none.</exception>
    public AutoRegressiveNN(
        long inputDim, long hiddenDim, long outputDimMultiplier = 1, long[]? maskEncoding = null, long[]? permutation = null, ScalarType? dtype = null)
        : base(nameof(AutoRegressiveNN))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hiddenDim);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputDimMultiplier);
        InputDim = inputDim;
        OutputDimMultiplier = outputDimMultiplier;
        long[] order = permutation is null ? [.. Range(inputDim)] : [.. permutation];
        if (!order.Order().SequenceEqual(Range(inputDim)))
            throw new ArgumentException($"The permutation is not each of the numbers from 0 to {inputDim - 1} once.", nameof(permutation));
        long[] encoding = maskEncoding is null ? [.. Range(hiddenDim).Select(k => 1 + k % Math.Max(1, inputDim - 1))] : [.. maskEncoding];
        if (encoding.Length != hiddenDim || encoding.Any(seen => seen < 1 || seen > Math.Max(1, inputDim - 1)))
            throw new ArgumentException($"The encoding is not {hiddenDim} numbers from 1 to {Math.Max(1, inputDim - 1)}.", nameof(maskEncoding));

        var rank = new long[inputDim];
        for (var j = 0; j < rank.Length; j++)
            rank[order[j]] = j;
        var (ranks, seen) = (TensorNumbers.Of(rank), TensorNumbers.Of(encoding));
        var type = dtype ?? get_default_dtype();
        _hidden = new MaskedLinear(ranks.unsqueeze(0).lt(seen.unsqueeze(1)).to_type(type));
        _output = new MaskedLinear(ranks.unsqueeze(1).ge(seen.unsqueeze(0)).to_type(type).repeat(outputDimMultiplier, 1));
        register_module("hidden", _hidden);
        register_module("output", _output);
        // State, as the masks are that follow from them: a network that takes a stored one's masks takes its order too.
        register_buffer("permutation", TensorNumbers.Of(order));
        register_buffer("mask_encoding", seen);
    }

    /// <summary>The number of variables.</summary>
    public long InputDim { get; }

    /// <summary>How many outputs there are for each variable.</summary>
    public long OutputDimMultiplier { get; }

    /// <summary>The variables' order: which comes first, second, ….</summary>
    public IReadOnlyList<long> Permutation => Numbers("permutation");

    /// <summary>For each hidden unit, how many variables it sees.</summary>
    public long[] MaskEncoding => Numbers("mask_encoding");

    /// <summary>The mask from the inputs to the hidden units: of shape (hidden, D).</summary>
    public Tensor HiddenMask => _hidden.Mask;

    /// <summary>The mask from the hidden units to the outputs: of shape (multiplier · D, hidden).</summary>
    public Tensor OutputMask => _output.Mask;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => _output.forward(_hidden.forward(input).relu());

    /// <inheritdoc/>
    public Tensor ForwardWith(SampledModule values, Tensor input) => values.Part("output").call(values.Part("hidden").call(input).relu());

    // Where the module has been converted to another dtype, they have it too.
    private long[] Numbers(string buffer)
    {
        using var numbers = get_buffer(buffer)!.to_type(ScalarType.Int64, copy: true);
        return numbers.Numbers<long>();
    }

    private static IEnumerable<long> Range(long count) => Enumerable.Range(0, checked((int)count)).Select(i => (long)i);
}
