using Pyro.Kernels;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// The surrogate loss when latent sites are not reparameterised: their terms are replaced by ln q times the costs downstream, taken as constants
/// (Schulman et al., "Gradient estimation using stochastic computation graphs", 2015). A cost that a site, or an element of a plate, cannot influence has
/// the expectation zero there and only adds variance, so it is left out; a baseline is subtracted for the same reason.
/// </summary>
internal sealed class ScoreFunction
{
    private readonly Influence _influence = new();

    /// <summary>Adds the gradients of one run's scores.</summary>
    /// <param name="pair">The traces.</param>
    /// <param name="edges">Their edges; null for none known.</param>
    /// <param name="costs">The terms.</param>
    /// <param name="values">The terms as numbers.</param>
    /// <param name="baselines">What is subtracted where a site asks for it.</param>
    /// <param name="branch">What the run counts for in an enumeration.</param>
    /// <param name="gradients">Takes the gradients.</param>
    public void Add(TracePair pair, DirectEdges? edges, Costs costs, double[] values, Baselines baselines, Branch? branch, RootGradients gradients)
    {
        foreach (var cost in costs.All)
        {
            if (!cost.IsScore)
                continue;
            _influence.Follow(pair, edges, cost.Index);
            gradients.Add(Term(in pair.Guide.Entries[cost.Index], costs, values, baselines, branch, gradients));
        }
    }

    // The gradient of the term is the site's; the term itself is no part of the loss.
    private Tensor Term(in TraceSite site, Costs costs, double[] values, Baselines baselines, Branch? branch, RootGradients gradients)
    {
        var axes = new PlateAxes(site.Plate);
        var shared = 0.0;
        Tensor? own = null;
        using (no_grad())
        {
            for (var i = 0; i < values.Length; i++)
            {
                var cost = costs.All[i];
                if (_influence.On(in cost) is not { } kept)
                    continue;
                if (kept.IsEmpty)
                    shared += values[i];
                else
                {
                    var term = axes.Align(cost.LogProb!, new PlateAxes(cost.Plate), kept) * cost.Weight;
                    own = own is null ? term : own + term;
                }
            }
        }
        if (own is null && site.Options?.Baseline is null)
            return site.ScoreLogPdf(shared, gradients);
        own = own is null ? site.Value!.new_full([], shared, dtype: site.Distribution!.Leading.dtype) : own + shared;
        if (site.Options?.Baseline is { } baseline)
            own = baselines.Subtract(in site, baseline, in axes, own, branch?.Weight(in axes));
        if (axes.Count == 0)
            return site.ScoreLogPdf(Scalars.ToDouble(own), gradients);
        // ln q enters once for the whole data set, whole and unmasked: scale and mask are in the costs.
        var score = axes.Align(site.ScoreLogProb(), in axes, axes.All);
        return (score * own).sum();
    }
}
