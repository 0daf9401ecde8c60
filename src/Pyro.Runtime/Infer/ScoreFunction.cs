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

    /// <summary>The surrogate of one run.</summary>
    /// <param name="pair">The traces.</param>
    /// <param name="edges">Their edges; null for none known.</param>
    /// <param name="costs">The terms.</param>
    /// <param name="baselines">What is subtracted where a site asks for it.</param>
    /// <param name="branch">What the run counts for in an enumeration.</param>
    /// <param name="loss">The sum of the terms.</param>
    public Tensor? Surrogate(TracePair pair, DirectEdges? edges, Costs costs, Baselines baselines, Branch? branch, out double loss)
    {
        // The gradient of ln q itself has the expectation zero at these sites. In an enumeration there is that of the probability of the run, which is all that
        // their terms have there.
        var surrogate = Costs.Sum(costs.All.Where(cost => !cost.IsScore || branch is not null));
        var values = Scalars.ToDoubles([.. costs.All.Select(cost => cost.Term)]);
        loss = values.Sum();
        foreach (var cost in costs.All.Where(cost => cost.IsScore))
        {
            _influence.Follow(pair, edges, cost.Index);
            var term = Term(in pair.Guide.Entries[cost.Index], costs, values, baselines, branch);
            surrogate = surrogate is null ? term : surrogate + term;
        }
        return surrogate;
    }

    private Tensor Term(in TraceSite site, Costs costs, double[] values, Baselines baselines, Branch? branch)
    {
        var axes = new PlateAxes(site.Plate);
        // ln q enters once for the whole data set, whole and unmasked: scale and mask are in the costs.
        var score = axes.Align(site.ScoreLogProb(), in axes, axes.All);
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
            return axes.Count == 0 ? score * shared : score.sum() * shared;
        own = own is null ? score.new_full([], shared) : own + shared;
        if (site.Options?.Baseline is { } baseline)
            own = baselines.Subtract(in site, baseline, in axes, own, branch?.Weight(in axes));
        return (score * own).sum();
    }
}
