using Pyro.Distributions;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// Samples of sites, by name: each a tensor of shape (number of samples) + the site's shape, with one weight a sample. It owns the samples: they end with <see cref="Dispose"/>, or
/// with the dispose scope around the call that gave it where that ends first. What its other methods give is the caller's.
/// </summary>
public sealed class Posterior : IDisposable
{
    private readonly Dictionary<string, Tensor> _samples;
    private readonly Dictionary<string, List<object>> _held;
    private readonly double[]? _logWeights;

    /// <param name="count">How many samples there are.</param>
    /// <param name="samples">The samples by site, stacked.</param>
    /// <param name="held">Of sites over values of any type, what the samples stand for.</param>
    /// <param name="logWeights">The samples' weights; null for all alike.</param>
    internal Posterior(int count, Dictionary<string, Tensor> samples, Dictionary<string, List<object>> held, double[]? logWeights = null)
    {
        Count = count;
        _samples = samples;
        _held = held;
        _logWeights = logWeights;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The names of the sites, in the order of the runs.</summary>
    public IReadOnlyCollection<string> Sites => _samples.Keys;

    /// <summary>The logarithms of the samples' weights, not normalised; null where all count alike.</summary>
    public IReadOnlyList<double>? LogWeights => _logWeights;

    /// <summary>The samples of a site.</summary>
    /// <param name="site">The site's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such site.</exception>
    public Tensor this[string site] => _samples.TryGetValue(site, out var samples)
        ? samples
        : throw new KeyNotFoundException($"The posterior has no site '{site}'. It has: {string.Join(", ", _samples.Keys)}.");

    /// <summary>Samples from a guide at its present parameters, with all elements of the plates that it subsamples.</summary>
    /// <typeparam name="TArgs">The guide's arguments.</typeparam>
    /// <param name="guide">The guide.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="context">The run's context; a new one on the default store when none is given.</param>
    /// <exception cref="ModelException">The guide's sites change from run to run.</exception>
    public static Posterior Sample<TArgs>(Program<TArgs> guide, TArgs args, int count, RunContext? context = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        context ??= RunContext.ForInference();
        var whole = new VisitAllPoutine();
        return Stack(count, (_, trace) =>
        {
            using (context.Push(new TracePoutine(trace)))
            {
                context.Push(whole);
                context.Execute(guide, args);
            }
        });
    }

    /// <summary>The mean of a site's samples, of the site's shape.</summary>
    /// <param name="site">The site's name.</param>
    public Tensor Mean(string site)
    {
        using var scope = NewDisposeScope();
        return scope.MoveToOuter(MeanOf(Real(site)));
    }

    /// <summary>The standard deviation of a site's samples, of the site's shape.</summary>
    /// <param name="site">The site's name.</param>
    public Tensor StdDev(string site)
    {
        using var scope = NewDisposeScope();
        var samples = Real(site);
        return scope.MoveToOuter(_logWeights is null ? samples.std(0L) : Weighted((samples - MeanOf(samples)).square()).sum([0L]).sqrt());
    }

    /// <summary>
    /// Quantiles of a site's samples: a tensor of shape (number of levels) + the site's shape. Of samples that count alike, between two of them on a straight line; of weighted
    /// ones, the smallest up to which the weights reach the level.
    /// </summary>
    /// <param name="site">The site's name.</param>
    /// <param name="levels">The levels, each from 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">One is not.</exception>
    public Tensor Quantile(string site, params double[] levels)
    {
        foreach (var level in levels)
            if (level is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(levels), level, "A level is from 0 to 1.");
        using var scope = NewDisposeScope();
        var samples = Real(site);
        if (_logWeights is null)
            return scope.MoveToOuter(samples.quantile(TensorNumbers.Of(levels, samples.dtype, samples.device), 0));
        var (sorted, order) = samples.reshape(Count, -1).sort(0);
        var below = Weights(samples).index_select(0, order.reshape(-1)).reshape(order.Sizes()).cumsum(0);
        var quantiles = levels.Select(level => sorted.gather(0, below.lt(level).sum(0, keepdim: true).clamp_max(Count - 1)).reshape(samples.Sizes()[1..]));
        return scope.MoveToOuter(stack(quantiles));
    }

    /// <summary>The distribution of a site's samples.</summary>
    /// <param name="site">The site's name.</param>
    public Empirical Marginal(string site)
    {
        using var weights = _logWeights is null ? null : TensorNumbers.Of(_logWeights);
        return new(this[site], weights);
    }

    /// <summary>The distribution of the samples of a site over values of any type.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="site">The site's name.</param>
    /// <exception cref="InvalidOperationException">The site is not over that type.</exception>
    public Categorical<T> Marginal<T>(string site) where T : notnull => Marginals.Of(Values<T>(site), _logWeights);

    /// <summary>The samples of a site over values of any type, in order.</summary>
    /// <typeparam name="T">The values' type; an array of it where the site has several values.</typeparam>
    /// <param name="site">The site's name.</param>
    /// <exception cref="InvalidOperationException">The site is not over that type.</exception>
    public IReadOnlyList<T> Values<T>(string site) where T : notnull => _held.TryGetValue(site, out var held) && held.TrueForAll(value => value is T)
        ? held.ConvertAll(value => (T)value)
        : throw new InvalidOperationException($"The site '{site}' is not over {typeof(T).Name}: its samples are {this[site].dtype} tensors.");

    /// <summary>The values of one sample, by site: what <see cref="Handlers.Substitute{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Tensor}, bool)"/> and <see cref="Handlers.Condition{TArgs}(Program{TArgs}, IReadOnlyDictionary{string, Tensor}, bool)"/> take.</summary>
    /// <param name="index">Which sample, from 0.</param>
    public IReadOnlyDictionary<string, Tensor> Values(int index)
    {
        var values = new RunValues();
        foreach (var (site, samples) in _samples)
            values.Add(site, samples[index]);
        return values;
    }

    /// <summary>Disposes the samples.</summary>
    public void Dispose()
    {
        foreach (var samples in _samples.Values)
            samples.Dispose();
    }

    internal static Posterior Stack(IEnumerable<Trace> traces, double[] logWeights)
    {
        using var runs = traces.GetEnumerator();
        return Stack(logWeights.Length, (_, trace) =>
        {
            runs.MoveNext();
            foreach (var site in runs.Current)
                trace.Append(in site);
        }, logWeights);
    }

    /// <summary>Stacks the values of the latent and deterministic sites of runs.</summary>
    /// <param name="count">How many runs.</param>
    /// <param name="run">Fills an empty trace with a run.</param>
    /// <param name="logWeights">What the runs count for; null for all alike.</param>
    internal static Posterior Stack(int count, Action<int, Trace> run, double[]? logWeights = null)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var draws = new Dictionary<string, List<Tensor>>();
        var held = new Dictionary<string, List<object>>();
        var trace = new Trace();
        for (var i = 0; i < count; i++)
        {
            using var inner = NewDisposeScope();
            trace.Clear();
            run(i, trace);
            foreach (var site in trace.Where(site => site.Kind is SiteKind.Latent or SiteKind.Deterministic))
            {
                if (!draws.TryGetValue(site.Name, out var list))
                    draws.Add(site.Name, list = new List<Tensor>(count));
                if (site.Held is { } value and not Tensor)
                    (held.TryGetValue(site.Name, out var values) ? values : held[site.Name] = new List<object>(count)).Add(value);
                list.Add(inner.MoveToOuter(site.Value!.detach()));
            }
        }
        foreach (var (name, values) in draws)
        {
            if (values.Count != count)
                throw SometimesThere(name, values.Count, count);
            if (values.Find(value => !value.Sizes().AsSpan().SequenceEqual(values[0].Sizes())) is { } other)
                throw new ModelException(name,
                    $"The site '{name}' has shape {Shapes.Format(values[0].Sizes())} in one run and {Shapes.Format(other.Sizes())} in another. Samples are stacked: read the traces " +
                    "one by one where shapes change.");
        }
        return new Posterior(count, draws.ToDictionary(site => site.Key, site => scope.MoveToOuter(stack(site.Value))), held, logWeights);
    }

    /// <summary>Joins samples of the same sites.</summary>
    /// <exception cref="ModelException">They are not of the same sites.</exception>
    internal static Posterior Join(IReadOnlyList<Posterior> parts)
    {
        var count = parts.Sum(part => part.Count);
        foreach (var site in parts.SelectMany(part => part.Sites).Distinct())
            if (parts.Where(part => part._samples.ContainsKey(site)).Sum(part => part.Count) is var met && met < count)
                throw SometimesThere(site, met, count);
        return new Posterior(
            count, parts[0].Sites.ToDictionary(site => site, site => cat(parts.Select(part => part[site]).ToArray(), 0)),
            parts[0]._held.ToDictionary(site => site.Key, site => parts.SelectMany(part => part._held[site.Key]).ToList()));
    }

    private static ModelException SometimesThere(string site, int met, int count) => new(site,
        $"The site '{site}' was met in {met} of {count} runs. Samples are stacked: read the traces one by one where sites come and go.");

    private Tensor MeanOf(Tensor samples) => _logWeights is null ? samples.mean([0L]) : Weighted(samples).sum([0L]);

    private Tensor Real(string site) => this[site] is var samples && samples.is_floating_point() ? samples : samples.to_type(get_default_dtype());

    private Tensor Weights(Tensor samples)
    {
        var sum = TracePosterior.LogSumExp(_logWeights);
        return TensorNumbers.Of(Array.ConvertAll(_logWeights!, weight => Math.Exp(weight - sum)), samples.dtype, samples.device);
    }

    private Tensor Weighted(Tensor samples) => samples * Weights(samples).reshape([-1, .. Enumerable.Repeat(1L, (int)samples.dim() - 1)]);
}
