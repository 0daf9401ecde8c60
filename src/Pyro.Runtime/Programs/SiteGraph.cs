using System.Text;

namespace Pyro.Programs;

/// <summary>
/// Which sites can influence which: an edge m → n says that the value of m can reach the distribution, the observed value or the plate size of n,
/// or the decision whether n runs.
/// </summary>
public sealed class SiteGraph
{
    private readonly Site[][] _parents;
    private readonly Site[][] _children;
    private readonly Site[]?[] _descendants;
    private readonly Dictionary<(int From, int To), SiteEdge> _edges;

    /// <summary>Creates the graph.</summary>
    /// <param name="sites">The nodes.</param>
    /// <param name="edges">The edges, by slot.</param>
    public SiteGraph(SiteTable sites, params SiteEdge[] edges)
    {
        Sites = sites;
        Edges = edges;
        _parents = [.. sites.Select(site => edges.Where(e => e.To == site.Slot).Select(e => sites[e.From]).ToArray())];
        _children = [.. sites.Select(site => edges.Where(e => e.From == site.Slot).Select(e => sites[e.To]).ToArray())];
        _descendants = new Site[sites.Count][];
        _edges = edges.ToDictionary(edge => (edge.From, edge.To));
    }

    /// <summary>The graph of a program whose sites are known only when it runs.</summary>
    public static SiteGraph Empty { get; } = new(SiteTable.Empty);

    /// <summary>The nodes.</summary>
    public SiteTable Sites { get; }

    /// <summary>The edges, by slot.</summary>
    public IReadOnlyList<SiteEdge> Edges { get; }

    /// <summary>Whether this site object is a node of this graph.</summary>
    /// <param name="site">The site, or null for one known only at run time.</param>
    public bool Contains(Site? site) => site is not null && site.Slot < Sites.Count && ReferenceEquals(Sites[site.Slot], site);

    /// <summary>Whether one member of a family, or site, can influence another directly.</summary>
    /// <param name="from">The one, a node or a member of one.</param>
    /// <param name="to">The other, likewise.</param>
    public bool Reaches(in SiteHandle from, in SiteHandle to) =>
        _edges.TryGetValue((from.Site!.Slot, to.Site!.Slot), out var edge) && edge.Joins(in from, in to);

    /// <summary>The sites that influence this one directly.</summary>
    /// <param name="site">A node.</param>
    public IReadOnlyList<Site> Parents(Site site) => _parents[site.Slot];

    /// <summary>The sites that this one influences directly.</summary>
    /// <param name="site">A node.</param>
    public IReadOnlyList<Site> Children(Site site) => _children[site.Slot];

    /// <summary>The sites that this one influences, directly or through others, in slot order. The site itself is among them only when a cycle leads back to it.</summary>
    /// <param name="site">A node.</param>
    public IReadOnlyList<Site> Descendants(Site site) => _descendants[site.Slot] ??= FindDescendants(site);

    /// <summary>The graph as a Mermaid flowchart: latents round, observations shaded, parameters as boxes, each plate a frame.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("flowchart TD\n");
        AppendPlates(text, [.. Sites], depth: 0);
        foreach (var edge in Edges)
            text.Append("  s").Append(edge.From).Append(" --> s").Append(edge.To).Append('\n');
        text.Append("  classDef observed fill:#ddd\n");
        return text.ToString();
    }

    /// <summary>The graph in the DOT language: latents as ellipses, observations shaded, parameters as boxes.</summary>
    public string ToDot()
    {
        var text = new StringBuilder("digraph {\n");
        foreach (var site in Sites)
            text.Append("  s").Append(site.Slot).Append(" [label=\"").Append(site.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append("\", shape=").Append(site.Kind == SiteKind.Param ? "box" : "ellipse")
                .Append(site.Kind == SiteKind.Observed ? ", style=filled, fillcolor=\"#dddddd\"" : "").Append("]\n");
        foreach (var edge in Edges)
            text.Append("  s").Append(edge.From).Append(" -> s").Append(edge.To).Append('\n');
        return text.Append("}\n").ToString();
    }

    /// <summary>Gives the flowchart.</summary>
    public override string ToString() => ToMermaid();

    private Site[] FindDescendants(Site site)
    {
        var reached = new bool[Sites.Count];
        var open = new Stack<Site>(_children[site.Slot]);
        while (open.TryPop(out var next))
        {
            if (reached[next.Slot])
                continue;
            reached[next.Slot] = true;
            foreach (var child in _children[next.Slot])
                open.Push(child);
        }
        return [.. Sites.Where(s => reached[s.Slot])];
    }

    private static void AppendPlates(StringBuilder text, IReadOnlyList<Site> sites, int depth)
    {
        var indent = new string(' ', 2 * (depth + 1));
        foreach (var site in sites.Where(s => s.Plates.Count == depth))
            AppendNode(text.Append(indent), site);
        foreach (var plate in sites.Where(s => s.Plates.Count > depth).GroupBy(s => s.Plates[depth]))
        {
            var inside = plate.ToArray();
            text.Append(indent).Append("subgraph p").Append(depth).Append('_').Append(inside[0].Slot)
                .Append(" [\"").Append(Escape(plate.Key.Name)).Append("\"]\n");
            AppendPlates(text, inside, depth + 1);
            text.Append(indent).Append("end\n");
        }
    }

    private static void AppendNode(StringBuilder text, Site site)
    {
        var label = site.Distribution.Length == 0 ? Escape(site.Name) : $"{Escape(site.Name)}<br/>{Escape(site.Distribution)}";
        text.Append('s').Append(site.Slot).Append(site.Kind switch
        {
            SiteKind.Param => $"[\"{label}\"]",
            SiteKind.Observed => $"([\"{label}\"]):::observed",
            _ => $"([\"{label}\"])",
        }).Append('\n');
    }

    private static string Escape(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal);
}
