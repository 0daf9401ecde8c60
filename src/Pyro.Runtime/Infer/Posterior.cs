using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>Samples of latent sites, by name: each a tensor of shape (number of samples) + the site's shape.</summary>
public sealed class Posterior
{
    private readonly Dictionary<string, Tensor> _samples;

    private Posterior(int count, Dictionary<string, Tensor> samples)
    {
        Count = count;
        _samples = samples;
    }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>The names of the sites, in the order of the guide.</summary>
    public IReadOnlyCollection<string> Sites => _samples.Keys;

    /// <summary>The samples of a site.</summary>
    /// <param name="site">The site's name.</param>
    /// <exception cref="KeyNotFoundException">There is no such site.</exception>
    public Tensor this[string site] => _samples.TryGetValue(site, out var samples)
        ? samples
        : throw new KeyNotFoundException($"The posterior has no site '{site}'. It has: {string.Join(", ", _samples.Keys)}.");

    /// <summary>Samples from a guide at its present parameters.</summary>
    /// <typeparam name="TArgs">The guide's arguments.</typeparam>
    /// <param name="guide">The guide.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="context">The run's context; a new one on the default store when none is given.</param>
    /// <exception cref="ModelException">The guide's sites change from run to run.</exception>
    public static Posterior Sample<TArgs>(Program<TArgs> guide, TArgs args, int count, RunContext? context = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        context ??= new RunContext();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var draws = new Dictionary<string, List<Tensor>>();
        var trace = new Trace();
        for (var i = 0; i < count; i++)
        {
            using var run = NewDisposeScope();
            trace.Clear();
            using (context.Push(new TracePoutine(trace)))
                context.Execute(guide, args);
            foreach (var site in trace.Where(site => site.Kind == SiteKind.Latent))
            {
                if (!draws.TryGetValue(site.Name, out var list))
                    draws.Add(site.Name, list = new List<Tensor>(count));
                list.Add(run.MoveToOuter(site.Value!.detach()));
            }
        }
        if (draws.FirstOrDefault(site => site.Value.Count != count) is { Key: { } name } missing)
            throw new ModelException(name,
                $"The site '{name}' was met in {missing.Value.Count} of {count} runs. Samples are stacked: read the traces one by one where sites come and go.");
        return new Posterior(count, draws.ToDictionary(site => site.Key, site => scope.MoveToOuter(stack(site.Value))));
    }

    /// <summary>The mean of a site's samples, of the site's shape.</summary>
    /// <param name="site">The site's name.</param>
    public Tensor Mean(string site) => this[site].mean([0L]);

    /// <summary>The standard deviation of a site's samples, of the site's shape.</summary>
    /// <param name="site">The site's name.</param>
    public Tensor StdDev(string site) => this[site].std(0L);

    /// <summary>Quantiles of a site's samples: a tensor of shape (number of levels) + the site's shape.</summary>
    /// <param name="site">The site's name.</param>
    /// <param name="levels">The levels, each from 0 to 1.</param>
    public Tensor Quantile(string site, params double[] levels)
    {
        var samples = this[site];
        return samples.quantile(tensor(levels, samples.dtype, samples.device), 0);
    }
}
