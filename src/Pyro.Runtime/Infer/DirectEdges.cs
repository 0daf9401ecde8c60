using Pyro.Programs;
using Pyro.Traces;

namespace Pyro.Infer;

/// <summary>
/// Which sites' values can reach which others' terms directly, in the guide and from the guide to the model. A run that meets the same sites as the last one
/// has the same edges, so they are found once.
/// </summary>
internal sealed class DirectEdges
{
    private readonly List<(string Name, PlateScope? Plate)> _met = [];
    private readonly BitRows _guide = new();
    private readonly BitRows _model = new();
    private SiteGraph? _guideGraph;
    private SiteGraph? _modelGraph;

    /// <summary>A row for each site of the guide: the earlier ones that it depends on.</summary>
    public BitRows Guide => _guide;

    /// <summary>A row for each site of the model: the guide's sites that it is, or whose values it reads.</summary>
    public BitRows Model => _model;

    /// <summary>Finds the edges of two traces.</summary>
    /// <param name="pair">The traces.</param>
    /// <param name="model">What is known of the model.</param>
    /// <param name="guide">What is known of the guide.</param>
    public void Find(TracePair pair, SiteGraph model, SiteGraph guide)
    {
        if (ReferenceEquals(model, _modelGraph) && ReferenceEquals(guide, _guideGraph) && Same(pair))
            return;
        (_modelGraph, _guideGraph) = (model, guide);
        _met.Clear();
        foreach (ref readonly var site in pair.Guide.Entries)
            _met.Add((site.Name, site.Plate));
        foreach (ref readonly var site in pair.Model.Entries)
            _met.Add((site.Name, site.Plate));
        FindGuide(pair.Guide.Entries, guide);
        FindModel(pair, model);
    }

    private bool Same(TracePair pair)
    {
        var guide = pair.Guide.Entries;
        var model = pair.Model.Entries;
        if (_met.Count != guide.Length + model.Length)
            return false;
        for (var i = 0; i < _met.Count; i++)
        {
            ref readonly var site = ref i < guide.Length ? ref guide[i] : ref model[i - guide.Length];
            if (site.Name != _met[i].Name || !SamePlates(site.Plate, _met[i].Plate))
                return false;
        }
        return true;
    }

    private static bool SamePlates(PlateScope? a, PlateScope? b)
    {
        for (; a is not null && b is not null; (a, b) = (a.Outer, b.Outer))
            if (a.Iteration != b.Iteration || a.Vectorized != b.Vectorized || a.Name != b.Name)
                return false;
        return a is null && b is null;
    }

    private void FindGuide(ReadOnlySpan<TraceSite> sites, SiteGraph graph)
    {
        _guide.Reset(sites.Length, sites.Length);
        for (var to = 0; to < sites.Length; to++)
            if (sites[to].IsStochastic)
                for (var from = 0; from < to; from++)
                    if (sites[from].IsStochastic && Dependence.Reaches(in sites[from], in sites[to], graph))
                        _guide.Set(to, from);
    }

    private void FindModel(TracePair pair, SiteGraph graph)
    {
        var sites = pair.Model.Entries;
        _model.Reset(sites.Length, pair.Guide.Entries.Length);
        var inGuide = new int[sites.Length];
        for (var to = 0; to < sites.Length; to++)
        {
            inGuide[to] = IndexInGuide(pair.Guide, in sites[to]);
            // Plates and parameters are nobody's costs, and hand nothing on.
            if (!sites[to].IsStochastic)
                continue;
            if (inGuide[to] >= 0)
                _model.Set(to, inGuide[to]);
            for (var from = 0; from < to; from++)
                if (inGuide[from] >= 0 && Dependence.Reaches(in sites[from], in sites[to], graph))
                    _model.Set(to, inGuide[from]);
        }
    }

    private static int IndexInGuide(Trace guide, in TraceSite site)
    {
        if (site.Kind != SiteKind.Latent)
            return -1;
        // A member that runs by itself here may have run with its whole family in the guide.
        return guide.TryFindEntry(site.Name, out var index) || (site.Site.Site is { } family && guide.TryFindEntry(family.Name, out index)) ? index : -1;
    }
}
