using Pyro.Programs;

namespace Pyro.Traces;

public sealed partial class Trace
{
    /// <summary>Which edges the trace has.</summary>
    public GraphType GraphType { get; internal set; }

    /// <summary>The graph of the program that was traced.</summary>
    internal SiteGraph Graph { get; set; } = SiteGraph.Empty;

    /// <summary>The edges from sites to those that their values can reach directly, in order: empty for a flat trace.</summary>
    public IEnumerable<(string From, string To)> Edges
    {
        get
        {
            if (GraphType == GraphType.Flat)
                yield break;
            var graph = GraphType == GraphType.Static ? Graph : SiteGraph.Empty;
            var sites = this.Where(site => site.IsStochastic).ToArray();
            for (var to = 1; to < sites.Length; to++)
                for (var from = 0; from < to; from++)
                    if (Dependence.Reaches(in sites[from], in sites[to], graph))
                        yield return (sites[from].Name, sites[to].Name);
        }
    }
}
