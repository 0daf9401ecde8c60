using static TorchSharp.torch;

namespace Pyro.Traces;

public sealed partial class Trace
{
    // What has been computed, site by site; a tensor whose scope has ended is computed again.
    private Dictionary<string, Known>? _logPdfs;

    /// <summary>The log density of the run, latent and observed sites together, with their scales: a 0-dim tensor.</summary>
    /// <remarks>Each site's log density is computed once, and kept until the trace changes or the tensor's dispose scope ends.</remarks>
    public Tensor LogPdf()
    {
        Tensor? total = null;
        var terms = 0;
        foreach (ref readonly var site in Entries)
            if (site.IsStochastic)
            {
                total = Plus(total, Scaled(in site));
                terms++;
            }
        return Own(total, terms) ?? zeros([]);
    }

    /// <summary>The log density of some sites, with their scales: a 0-dim tensor, zero for none.</summary>
    /// <param name="filter">Says which; only latent and observed sites are asked about.</param>
    public Tensor LogPdf(Func<TraceSite, bool> filter)
    {
        Tensor? total = null;
        var terms = 0;
        foreach (var site in this.Where(site => site.IsStochastic && filter(site)))
        {
            total = Plus(total, Scaled(in site));
            terms++;
        }
        return Own(total, terms) ?? zeros([]);
    }

    /// <summary>The log density of one site, with its scale: a 0-dim tensor. It is the one that the trace keeps; an operation in place on it would change the trace's.</summary>
    /// <param name="name">A latent or observed site.</param>
    /// <exception cref="KeyNotFoundException">The run met no such site.</exception>
    /// <exception cref="ArgumentException">It has no log density.</exception>
    public Tensor LogPdf(string name)
    {
        var site = this[name];
        return site.IsStochastic ? Scaled(in site) : throw new ArgumentException($"'{name}' is a {Noun(site.Kind)} and has no log density.", nameof(name));
    }

    private static Tensor Plus(Tensor? total, Tensor term) => total is null ? term : total + term;

    // The only term is the one that is kept, and the caller's is its own.
    private static Tensor? Own(Tensor? total, int terms) => terms == 1 ? total!.clone() : total;

    private Tensor Scaled(in TraceSite site)
    {
        _logPdfs ??= [];
        if (_logPdfs.TryGetValue(site.Name, out var known) && known.Holds)
            return known.Term;
        try
        {
            return (_logPdfs[site.Name] = new Known(site.LogPdf(site.Scale))).Term;
        }
        catch (Exception failure) when (IsOfDisposed(failure))
        {
            site.CheckAlive("the program");
            throw;
        }
    }

    /// <summary>A term that has been computed; for as long as its scope lives, and for gradients where it was computed with them.</summary>
    private readonly struct Known(Tensor term)
    {
        private readonly bool _differentiable = is_grad_enabled() || term.requires_grad;

        public Tensor Term { get; } = term;

        public bool Holds => !Term.IsInvalid && (_differentiable || !is_grad_enabled());
    }
}
