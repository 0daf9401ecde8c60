using Pyro.Traces;

namespace Pyro.Infer;

/// <summary>
/// Which terms of the loss one latent site of the guide can influence, and in which of its plates each element influences only its own: those that no path
/// to the term leaves.
/// </summary>
internal sealed class Influence
{
    private readonly BitRows _reached = new();
    private PlateSet?[] _guide = [];
    private PlateSet?[] _model = [];

    /// <summary>Follows the edges from a site.</summary>
    /// <param name="pair">The traces.</param>
    /// <param name="edges">Their edges; null for none known, so that everything is influenced.</param>
    /// <param name="source">The site's place in the guide's trace.</param>
    public void Follow(TracePair pair, DirectEdges? edges, int source)
    {
        var guide = pair.Guide.Entries;
        var model = pair.Model.Entries;
        Clear(ref _guide, guide.Length);
        Clear(ref _model, model.Length);
        if (edges is null)
        {
            Array.Fill(_guide, default(PlateSet));
            Array.Fill(_model, default(PlateSet));
            return;
        }
        var axes = new PlateAxes(guide[source].Plate);
        _reached.Reset(1, guide.Length);
        _reached.Set(0, source);
        _guide[source] = axes.All;
        for (var i = source + 1; i < guide.Length; i++)
            if (Kept(edges.Guide, i, in axes, in guide[i]) is { } kept)
            {
                _guide[i] = kept;
                _reached.Set(0, i);
            }
        for (var i = 0; i < model.Length; i++)
            _model[i] = Kept(edges.Model, i, in axes, in model[i]);
    }

    /// <summary>The plates that are kept on all ways to a term; null where there is no way.</summary>
    public PlateSet? On(in Cost cost) => (cost.IsGuide ? _guide : _model)[cost.Index];

    private PlateSet? Kept(BitRows edges, int to, in PlateAxes axes, in TraceSite site)
    {
        if (!edges.Meets(to, _reached, 0))
            return null;
        if (axes.Count == 0)
            return default(PlateSet);
        var kept = axes.In(site.Plate);
        foreach (var from in edges.Common(to, _reached, 0))
            kept = kept.And(_guide[from]!.Value);
        return kept;
    }

    private static void Clear(ref PlateSet?[] sets, int count)
    {
        if (sets.Length != count)
            sets = new PlateSet?[count];
        else
            Array.Clear(sets);
    }
}
