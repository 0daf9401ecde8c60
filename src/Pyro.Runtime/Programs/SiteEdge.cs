namespace Pyro.Programs;

/// <summary>An edge of a site graph: the value of one site can influence another.</summary>
/// <param name="from">The slot of the site whose value it is.</param>
/// <param name="to">The slot of the site that it can reach.</param>
/// <param name="same">
/// Between two families: places of their names, the first site's and the second's, where a member of one reaches only members of the other with the same
/// number. <c>z_{0} → x_{0}</c> with the places (0, 0) says that z_3 reaches x_3 and no other.
/// </param>
public readonly struct SiteEdge(int from, int to, params (int From, int To)[] same)
{
    private readonly (int From, int To)[]? _same = same;

    /// <summary>The slot of the site whose value it is.</summary>
    public int From { get; } = from;

    /// <summary>The slot of the site that it can reach.</summary>
    public int To { get; } = to;

    /// <summary>The places where the members' names must have the same number.</summary>
    public IReadOnlyList<(int From, int To)> Same => _same ?? [];

    /// <summary>An edge between all members.</summary>
    public static implicit operator SiteEdge((int From, int To) slots) => new(slots.From, slots.To);

    /// <summary>Whether it leads from one member to the other.</summary>
    internal bool Joins(in SiteHandle from, in SiteHandle to)
    {
        foreach (var (first, second) in _same ?? [])
            if (from.Index(first) is { } one && to.Index(second) is { } other && one != other)
                return false;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{From} → {To}";
}
