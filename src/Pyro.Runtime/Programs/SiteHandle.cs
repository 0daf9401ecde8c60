namespace Pyro.Programs;

/// <summary>Which site a primitive acts on: one that the compiler knows, a member of a family, or a name known only at run time.</summary>
public readonly struct SiteHandle
{
    /// <summary>Creates the handle of a family's member.</summary>
    /// <param name="site">The family.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="indices">The numbers at the places of the name, as many as fit.</param>
    internal SiteHandle(Site site, string name, (long, long, long) indices = default)
    {
        Site = site;
        Name = name;
        _indices = indices;
    }

    private readonly (long, long, long) _indices;

    private SiteHandle(string name) => Name = name;

    /// <summary>The site in the program's table, or null for a name that was not known before the run.</summary>
    public Site? Site { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The number at a place of a member's name.</summary>
    /// <param name="place">The place, from 0; the first three are known.</param>
    internal long? Index(int place) => Site is null || Name == Site.Name ? null : place switch
    {
        0 => _indices.Item1,
        1 => _indices.Item2,
        2 => _indices.Item3,
        _ => null,
    };

    /// <summary>A site that is not a family is its own only member.</summary>
    public static implicit operator SiteHandle(Site site) => new(site, site.Name);

    /// <summary>A name alone: a site of the dynamic path.</summary>
    public static implicit operator SiteHandle(string name)
    {
        if (string.IsNullOrEmpty(name))
            throw new ModelException(name, "A site's name is empty. Give it one: traces, guides and stores find it by its name.");
        return new SiteHandle(name);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
