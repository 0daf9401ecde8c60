using Pyro.Kernels;
using Pyro.Kernels.Rows;
using static TorchSharp.torch;

namespace Pyro.Distributions;

/// <summary>The probabilities of K outcomes along the last dimension, given as such or by their logarithms up to a constant.</summary>
internal readonly struct Probabilities
{
    /// <summary>What stands for the logarithm of 0 where it must be finite.</summary>
    public const double Impossible = -1e30;

    private readonly Tensor? _ps;
    private readonly Tensor? _logits;

    private Probabilities(Tensor? ps, Tensor? logits)
    {
        _ps = ps;
        _logits = logits;
    }

    /// <summary>The probabilities.</summary>
    public Tensor Ps => _ps ?? _logits!.softmax(-1);

    /// <summary>The probabilities, in double.</summary>
    public Tensor Wide => _ps is not null ? Exactly.Wide(_ps) : Exactly.Wide(_logits!).softmax(-1);

    /// <summary>The logarithms of the probabilities.</summary>
    public Tensor Logits => _ps?.log() ?? _logits!.log_softmax(-1);

    /// <summary>The logarithms of the probabilities; <see cref="Impossible"/> for that of 0, to which nothing flows back.</summary>
    public Tensor FiniteLogits
    {
        get
        {
            if (_ps is null)
                return Logits;
            var possible = _ps.gt(0);
            return where(possible, Restricted.Safe(_ps, possible, 1).log(), _ps.new_full([], Impossible));
        }
    }

    /// <summary>What was given.</summary>
    public Tensor Given => _ps ?? _logits!;

    /// <summary>How many outcomes there are.</summary>
    public long Count => Given.Sizes()[^1];

    /// <summary>The parameter as it was given.</summary>
    public DistributionParameter Parameter =>
        _ps is not null ? new("ps", _ps, Constraints.Simplex) : new("logits", _logits!, Constraints.Real);

    /// <summary>One of the two arguments.</summary>
    /// <param name="family">The family's name, for the message.</param>
    /// <param name="ps">The probabilities.</param>
    /// <param name="logits">Their logarithms, up to a constant.</param>
    /// <exception cref="ArgumentException">Both are given or none is, or there is no dimension for the outcomes.</exception>
    public static Probabilities Of(string family, TensorArg? ps, TensorArg? logits)
    {
        if (ps is null == logits is null)
            throw new ArgumentException($"{family} takes either ps or logits: one of the two.");
        var probabilities = new Probabilities(ps?.Resolve(), logits?.Resolve());
        if (probabilities.Given.dim() == 0)
            throw new ArgumentException($"{family} has its outcomes along the last dimension of its parameter, which has none.");
        return probabilities;
    }

    /// <summary>The log density of one draw, reduced; −∞ for what is no outcome.</summary>
    /// <typeparam name="TChoice">How the outcome is given.</typeparam>
    /// <param name="x">The outcomes.</param>
    /// <param name="reduction">What becomes of the rows' log densities.</param>
    public Tensor LogCategorical<TChoice>(Tensor x, in Reduction reduction)
        where TChoice : struct, IChoice => _ps is not null
        ? FusedRows<CategoricalDensity<TChoice>>.Reduce(in reduction, x, _ps)
        : FusedRows<CategoricalLogitsDensity<TChoice>>.Reduce(in reduction, x, _logits!);

    /// <summary>The log density of how often each outcome is drawn, reduced; −∞ for what does not add up to the number of draws.</summary>
    /// <param name="x">The numbers of each.</param>
    /// <param name="n">The numbers of draws.</param>
    /// <param name="reduction">What becomes of the rows' log densities.</param>
    public Tensor LogMultinomial(Tensor x, Tensor n, in Reduction reduction) => _ps is not null
        ? FusedRows<MultinomialDensity>.Reduce(in reduction, x, _ps, n)
        : FusedRows<MultinomialLogitsDensity>.Reduce(in reduction, x, _logits!, n);

    /// <summary>ln Σ pₖ exp lₖ, for log densities of each outcome along the last dimension.</summary>
    /// <param name="logs">The log densities lₖ.</param>
    public Tensor LogMixture(Tensor logs) => _ps is not null ? Mixed.LogSum(logs, _ps) : Mixed.LogSum(logs + Logits);

    /// <summary>Draws the index of an outcome: a long tensor without the last dimension.</summary>
    /// <param name="generator">The random numbers, or null.</param>
    public Tensor Draw(Generator? generator)
    {
        using var noGrad = no_grad();
        var shape = Given.Sizes();
        long[] batch = shape[..^1];
        if (Given.numel() == 0)
            return zeros(batch, ScalarType.Int64, Given.device);
        return Wide.reshape(-1, Count).multinomial(1, replacement: true, generator: generator).reshape(batch);
    }

    /// <summary>Rows with one element 1 at an index and 0 elsewhere.</summary>
    /// <param name="index">The indices.</param>
    public Tensor OneHot(Tensor index)
    {
        using var selected = Selected(index);
        return selected.to_type(Given.dtype);
    }

    /// <summary>Rows that are true at an index and false elsewhere.</summary>
    /// <param name="index">The indices.</param>
    public Tensor Selected(Tensor index)
    {
        using Tensor column = index.unsqueeze(-1), numbers = arange(Count, index.dtype, index.device);
        return column.eq(numbers);
    }

    /// <summary>The same, expanded.</summary>
    /// <param name="expansion">What to apply.</param>
    public Probabilities With(in Expansion expansion) =>
        _ps is not null ? new Probabilities(expansion.Of(_ps, 1), null) : new Probabilities(null, expansion.Of(_logits!, 1));
}
