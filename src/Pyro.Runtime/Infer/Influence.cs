using Pyro.Programs;

namespace Pyro.Infer;

/// <summary>
/// Which terms of the loss one latent site of the guide can influence. The compiler's graphs say so where they know the sites; of sites known only at
/// run time, each can be influenced by all that came before it.
/// </summary>
internal readonly struct Influence
{
    private readonly bool[] _guide;
    private readonly bool[] _model;

    public Influence(TracePair pair, SiteGraph model, SiteGraph guide, int source)
    {
        _guide = new bool[pair.Guide.Entries.Length];
        _model = new bool[pair.Model.Entries.Length];
        FillGuide(pair, guide, source);
        FillModel(pair, model);
    }

    public bool Reaches(in Cost cost) => (cost.IsGuide ? _guide : _model)[cost.Index];

    /// <summary>The guide's sites whose distribution, and so whose value, can depend on the source's value.</summary>
    private void FillGuide(TracePair pair, SiteGraph graph, int source)
    {
        var site = pair.Guide.Entries[source].Site.Site;
        var known = graph.Contains(site);
        _guide[source] = true;
        for (var i = source + 1; i < _guide.Length; i++)
        {
            var other = pair.Guide.Entries[i].Site.Site;
            _guide[i] = !known || !graph.Contains(other) || graph.Descendants(site!).Contains(other!);
        }
    }

    /// <summary>The model's sites that are one of these, or read the value of one.</summary>
    private void FillModel(TracePair pair, SiteGraph graph)
    {
        var read = new HashSet<Site>();
        var unknown = false;
        for (var i = 0; i < _model.Length; i++)
        {
            ref readonly var entry = ref pair.Model.Entries[i];
            var site = entry.Site.Site;
            var known = graph.Contains(site);
            // A member that runs by itself here may have run with its whole family in the guide.
            var itself = (pair.Guide.TryFindEntry(entry.Name, out var index) || (site is not null && pair.Guide.TryFindEntry(site.Name, out index))) && _guide[index];
            _model[i] = itself || unknown || (known ? graph.Parents(site!).Any(read.Contains) : read.Count > 0);
            if (!itself)
                continue;
            if (known)
                read.Add(site!);
            else
                unknown = true;
        }
    }
}
