using Pyro.Programs;
using static TorchSharp.torch;

namespace Pyro.Infer;

/// <summary>
/// The surrogate loss when latent sites are not reparameterised: their terms are replaced by ln q times the costs downstream, taken as constants
/// (Schulman et al., "Gradient estimation using stochastic computation graphs", 2015). A cost that a site cannot influence has the expectation zero
/// there and only adds variance, so it is left out.
/// </summary>
internal static class ScoreFunction
{
    public static Tensor? Surrogate(TracePair pair, Costs costs, SiteGraph model, SiteGraph guide)
    {
        // The gradient of ln q itself has the expectation zero at these sites.
        var surrogate = costs.Sum(costs.All.Where(cost => !cost.IsScore));
        var values = Scalars.ToDoubles([.. costs.All.Select(cost => cost.LogPdf)]);
        foreach (var cost in costs.All.Where(cost => cost.IsScore))
        {
            var influence = new Influence(pair, model, guide, cost.Index);
            var downstream = 0.0;
            for (var i = 0; i < values.Length; i++)
                if (influence.Reaches(costs.All[i]))
                    downstream += costs.All[i].Weight * values[i];

            // ln q enters once for the whole data set: the scale is in the costs.
            var term = cost.LogPdf * downstream;
            surrogate = surrogate is null ? term : surrogate + term;
        }
        return surrogate;
    }
}
