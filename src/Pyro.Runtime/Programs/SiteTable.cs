using System.Collections;

namespace Pyro.Programs;

/// <summary>The sites of a program, in the order in which the source names them.</summary>
public sealed class SiteTable : IReadOnlyList<Site>
{
    private readonly Site[] _sites;
    private readonly Dictionary<string, Site> _byName;

    /// <summary>Creates the table.</summary>
    /// <param name="sites">The sites; each stands at its own slot.</param>
    public SiteTable(params Site[] sites)
    {
        _sites = sites;
        _byName = new Dictionary<string, Site>(sites.Length);
        for (var slot = 0; slot < sites.Length; slot++)
        {
            if (sites[slot].Slot != slot)
                throw new ArgumentException($"The site '{sites[slot].Name}' has slot {sites[slot].Slot} and stands at {slot}.", nameof(sites));
            _byName.TryAdd(sites[slot].Name, sites[slot]);
        }
    }

    /// <summary>The table of a program whose sites are known only when it runs.</summary>
    public static SiteTable Empty { get; } = new();

    /// <inheritdoc/>
    public int Count => _sites.Length;

    /// <inheritdoc/>
    public Site this[int index] => _sites[index];

    /// <summary>The site with this name; families are found by their pattern.</summary>
    /// <exception cref="KeyNotFoundException">No site has this name.</exception>
    public Site this[string name] => _byName.TryGetValue(name, out var site)
        ? site
        : throw new KeyNotFoundException($"No site is named '{name}'. There are: {string.Join(", ", _sites.Select(s => s.Name))}.");

    /// <summary>Looks a site up by its name.</summary>
    /// <param name="name">The name, or a family's pattern.</param>
    /// <param name="site">The site.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Site? site) => _byName.TryGetValue(name, out site);

    /// <inheritdoc/>
    public IEnumerator<Site> GetEnumerator() => ((IEnumerable<Site>)_sites).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
