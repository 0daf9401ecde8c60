using static TorchSharp.torch;

namespace Pyro.Traces;

public sealed partial class Trace
{
    // What has been computed, site by site; a tensor whose scope has ended is computed again.
    private Dictionary<string, Tensor>? _logPdfs;

    /// <summary>The log density of the run, latent and observed sites together, with their scales: a 0-dim tensor.</summary>
    /// <remarks>Each site's log density is computed once, and kept until the trace changes or the tensor's dispose scope ends.</remarks>
    public Tensor LogPdf()
    {
        Tensor? total = null;
        foreach (ref readonly var site in Entries)
            if (site.IsStochastic)
                total = Plus(total, Scaled(in site));
        return total ?? zeros([]);
    }

    /// <summary>The log density of some sites, with their scales: a 0-dim tensor, zero for none.</summary>
    /// <param name="filter">Says which; only latent and observed sites are asked about.</param>
    public Tensor LogPdf(Func<TraceSite, bool> filter)
    {
        Tensor? total = null;
        foreach (var site in this.Where(site => site.IsStochastic && filter(site)))
            total = Plus(total, Scaled(in site));
        return total ?? zeros([]);
    }

    /// <summary>The log density of one site, with its scale: a 0-dim tensor.</summary>
    /// <param name="name">A latent or observed site.</param>
    /// <exception cref="KeyNotFoundException">The run met no such site.</exception>
    /// <exception cref="ArgumentException">It has no log density.</exception>
    public Tensor LogPdf(string name)
    {
        var site = this[name];
        return site.IsStochastic ? Scaled(in site) : throw new ArgumentException($"'{name}' is a {Noun(site.Kind)} and has no log density.", nameof(name));
    }

    /// <summary>The log density of the run, one number a batch element: the sum of the sites' terms, which broadcast with each other.</summary>
    /// <param name="filter">Says which sites; all latent and observed ones where none is given.</param>
    /// <returns>A tensor of shape batch + (1,).</returns>
    /// <exception cref="ModelException">The terms do not broadcast.</exception>
    public Tensor BatchLogPdf(Func<TraceSite, bool>? filter = null)
    {
        Tensor? total = null;
        foreach (var site in this.Where(site => site.IsStochastic && filter?.Invoke(site) != false))
        {
            var term = site.Scale == 1 ? site.BatchLogPdf() : site.BatchLogPdf() * site.Scale;
            if (total is not null && Distributions.Shapes.Broadcast(total.shape, term.shape) is null)
                throw new ModelException(site.Name,
                    $"The log density of site '{site.Name}' has shape {Distributions.Shapes.Format(term.shape)} and those before it " +
                    $"{Distributions.Shapes.Format(total.shape)}, which do not broadcast. Use LogPdf, or choose sites by a filter.");
            total = Plus(total, term);
        }
        return total ?? zeros(1);
    }

    private static Tensor Plus(Tensor? total, Tensor term) => total is null ? term : total + term;

    private Tensor Scaled(in TraceSite site)
    {
        _logPdfs ??= [];
        if (_logPdfs.TryGetValue(site.Name, out var known) && !known.IsInvalid && (known.requires_grad || !is_grad_enabled()))
            return known;
        return _logPdfs[site.Name] = site.LogPdf(site.Scale);
    }
}
