using System.Collections;
using Pyro.Distributions;
using Pyro.Programs;
using Pyro.Traces;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// A posterior as weighted runs of the model: what <see cref="Importance{TArgs}"/> and <see cref="Search{TArgs}"/> give. It owns the tensors of its runs: they end with
/// <see cref="Dispose"/>, or with the dispose scope around the inference where that ends first.
/// </summary>
public sealed class TracePosterior : IReadOnlyList<WeightedTrace>, IDisposable
{
    private readonly Owned _owned = new();
    private readonly IReadOnlyList<WeightedTrace> _traces;
    private readonly double[] _weights;

    /// <summary>Creates a posterior.</summary>
    /// <param name="traces">The runs.</param>
    /// <param name="areDraws">Whether the weights' mean estimates the evidence, as for draws; else it is their sum, as for all runs there are.</param>
    /// <exception cref="ArgumentException">There are no runs, or none has a positive weight.</exception>
    public TracePosterior(IReadOnlyList<WeightedTrace> traces, bool areDraws)
    {
        _traces = traces;
        var logWeights = traces.Select(trace => trace.LogWeight).ToArray();
        var sum = LogSumExp(logWeights);
        if (!double.IsFinite(sum))
            throw new ArgumentException(
                traces.Count == 0 ? "There are no runs." : "No run has a positive, finite weight: the data are impossible under all of them.", nameof(traces));
        _weights = Array.ConvertAll(logWeights, weight => Math.Exp(weight - sum));
        ExploredMass = areDraws ? null : 1;
        LogEvidence = areDraws ? sum - Math.Log(traces.Count) : sum;
        EffectiveSampleSize = 1 / _weights.Sum(weight => weight * weight);
    }

    /// <summary>How many runs there are.</summary>
    public int Count => _traces.Count;

    /// <summary>The logarithm of the probability of the data under the model, or its estimate.</summary>
    public double LogEvidence { get; }

    /// <summary>
    /// Of a search: the prior probability of the combinations of discrete values that were run. 1 where all were; less where the tries ended before, and then the evidence is at least
    /// what <see cref="LogEvidence"/> says. Null for draws.
    /// </summary>
    public double? ExploredMass { get; internal init; }

    /// <summary>How many equally weighted runs would say as much: from 1 to <see cref="Count"/> (Kong, "A note on importance sampling", 1992).</summary>
    public double EffectiveSampleSize { get; }

    /// <summary>The weights, which sum to one.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>A run by its position.</summary>
    /// <param name="index">The position, from 0.</param>
    public WeightedTrace this[int index] => _traces[index];

    /// <summary>The mean of a number that follows from a run, over those of positive weight.</summary>
    /// <param name="of">Gives the number.</param>
    public double Mean(Func<Trace, double> of) => _traces.Select((trace, i) => _weights[i] > 0 ? _weights[i] * of(trace.Trace) : 0).Sum();

    /// <summary>The distribution of a site's value, latent, observed or deterministic, over the runs that have the site.</summary>
    /// <param name="site">The site's name.</param>
    /// <exception cref="KeyNotFoundException">No run has it.</exception>
    public Empirical Marginal(string site)
    {
        var (values, weights) = Found(site);
        using Tensor all = stack(values.Select(found => found.Value!)), own = TensorNumbers.Of(weights);
        return new Empirical(all, own);
    }

    /// <summary>The distribution of the value of a site over values of any type, over the runs that have the site.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="site">The site's name.</param>
    /// <exception cref="KeyNotFoundException">No run has it.</exception>
    /// <exception cref="InvalidOperationException">The site is not over that type.</exception>
    public Categorical<T> Marginal<T>(string site) where T : notnull
    {
        var (values, weights) = Found(site);
        return Marginals.Of(values.Select(found => found.ValueAs<T>()), weights);
    }

    /// <summary>The distribution of the values of several sites together, latent, observed or deterministic, over the runs that have all of them.</summary>
    /// <param name="sites">Their names; each once.</param>
    /// <exception cref="ArgumentException">There are none, or one is there twice.</exception>
    /// <exception cref="KeyNotFoundException">No run has them all.</exception>
    /// <exception cref="ModelException">A site has another shape in another run.</exception>
    public JointMarginal Marginal(IReadOnlyList<string> sites)
    {
        if (sites.Count == 0 || sites.Distinct().Count() != sites.Count)
            throw new ArgumentException(sites.Count == 0 ? "There are no sites." : "A site is there twice.", nameof(sites));
        var (runs, weights) = (new List<Tensor[]>(), new List<double>());
        for (var i = 0; i < _traces.Count; i++)
        {
            if (!(_weights[i] > 0))
                continue;
            var trace = _traces[i].Trace;
            var values = sites.Select(site => trace.TryFind(site, out var found) ? found.Value : null).OfType<Tensor>().ToArray();
            if (values.Length != sites.Count)
                continue;
            if (runs.Count > 0)
                for (var at = 0; at < values.Length; at++)
                    if (!values[at].Sizes().AsSpan().SequenceEqual(runs[0][at].Sizes()))
                        throw new ModelException(sites[at],
                            $"The site '{sites[at]}' has shape {Shapes.Format(runs[0][at].Sizes())} in one run and {Shapes.Format(values[at].Sizes())} in another. Read the traces one by one.");
            runs.Add(values);
            weights.Add(_weights[i]);
        }
        return runs.Count > 0 ? new JointMarginal(sites, runs, weights) : throw new KeyNotFoundException(
            $"No run of positive weight has all of the sites {string.Join(", ", sites)}. The first has: {string.Join(", ", _traces[0].Trace.Select(s => s.Name))}.");
    }

    private (List<TraceSite> Values, double[] LogWeights) Found(string site)
    {
        var (values, weights) = (new List<TraceSite>(), new List<double>());
        foreach (var (trace, weight) in _traces)
            if (weight > double.NegativeInfinity && trace.TryFind(site, out var found) && found.Value is not null)
            {
                values.Add(found);
                weights.Add(weight);
            }
        return values.Count > 0 ? (values, [.. weights]) : throw new KeyNotFoundException(
            $"No run of positive weight has a site '{site}'. The first has: {string.Join(", ", _traces[0].Trace.Select(s => s.Name))}.");
    }

    /// <summary>Disposes the tensors of the runs. Marginals that were taken, and <see cref="ToPosterior"/>, have tensors of their own.</summary>
    public void Dispose() => _owned.Dispose();

    /// <summary>Takes over all tensors of a scope, which go on in the scope around it.</summary>
    internal TracePosterior Own(DisposeScope scope)
    {
        _owned.Take(scope);
        return this;
    }

    /// <summary>Draws a run by its weight. It stays one of the posterior's.</summary>
    /// <param name="context">Whose random numbers are used; those of the run that asks, or new ones, where none is given.</param>
    public Trace Draw(RunContext? context = null)
    {
        using var scope = NewDisposeScope();
        var uniform = rand([1], ScalarType.Float64, generator: (context ?? RunContext.Current).GetGenerator(zeros(0))).Number<double>();
        var i = 0;
        for (var below = _weights[0]; i < _weights.Length - 1 && below <= uniform; below += _weights[++i]) { }
        return _traces[i].Trace;
    }

    /// <summary>The samples of all latent and deterministic sites of the runs of positive weight, stacked, with their weights.</summary>
    /// <exception cref="ModelException">The sites change from run to run.</exception>
    public Posterior ToPosterior()
    {
        var possible = _traces.Where((_, i) => _weights[i] > 0).ToArray();
        return Posterior.Stack(possible.Select(trace => trace.Trace), [.. possible.Select(trace => trace.LogWeight)]);
    }

    /// <inheritdoc/>
    public IEnumerator<WeightedTrace> GetEnumerator() => _traces.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static double LogSumExp(ReadOnlySpan<double> terms)
    {
        var largest = double.NegativeInfinity;
        foreach (var term in terms)
            largest = term > largest || double.IsNaN(term) ? term : largest;
        if (!double.IsFinite(largest))
            return largest;
        var sum = 0.0;
        foreach (var term in terms)
            sum += Math.Exp(term - largest);
        return largest + Math.Log(sum);
    }
}
