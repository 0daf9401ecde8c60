using Pyro.Programs;
using Pyro.Traces;

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
        _guide[source] = true;
        for (var i = source + 1; i < _guide.Length; i++)
            _guide[i] = Reached(pair.Guide, graph, i, source, _guide);
    }

    /// <summary>The model's sites that are one of these, or read the value of one.</summary>
    private void FillModel(TracePair pair, SiteGraph graph)
    {
        var read = new bool[_model.Length];
        var first = _model.Length;
        for (var i = 0; i < _model.Length; i++)
        {
            ref readonly var entry = ref pair.Model.Entries[i];
            // A member that runs by itself here may have run with its whole family in the guide.
            var itself = (pair.Guide.TryFindEntry(entry.Name, out var index)
                || (entry.Site.Site is { } site && pair.Guide.TryFindEntry(site.Name, out index))) && _guide[index];
            _model[i] = itself || Reached(pair.Model, graph, i, first, read);
            read[i] = itself;
            if (itself)
                first = Math.Min(first, i);
        }
    }

    /// <summary>Whether the value of one of these sites, from the first on, can reach a later one directly.</summary>
    private static bool Reached(Trace trace, SiteGraph graph, int to, int first, bool[] from)
    {
        ref readonly var target = ref trace.Entries[to];
        // Plates and parameters are nobody's costs, and hand nothing on.
        if (!target.IsStochastic)
            return false;
        for (var i = first; i < to; i++)
            if (from[i] && Dependence.Reaches(in trace.Entries[i], in target, graph))
                return true;
        return false;
    }
}
