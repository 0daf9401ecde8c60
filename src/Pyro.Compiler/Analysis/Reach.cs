namespace Pyro.Compiler.Analysis;

/// <summary>
/// The sites whose values reach a place, each with the number of loops around both, outermost first, whose round is certainly the same: of two rounds of one
/// loop, the sites of the earlier reach the later with a smaller number. A value: nothing changes one.
/// </summary>
internal sealed class Reach : IEquatable<Reach>
{
    public static readonly Reach None = new([]);

    private readonly SortedDictionary<int, int> rounds;

    private Reach(SortedDictionary<int, int> rounds) => this.rounds = rounds;

    /// <summary>The sites, with the number of loops whose round is the same.</summary>
    public IEnumerable<KeyValuePair<int, int>> Sites => rounds;

    /// <summary>One site, in this round of all loops around.</summary>
    public static Reach Of(int slot, int depth) => new(new SortedDictionary<int, int> { [slot] = depth });

    /// <summary>What reaches from one or the other.</summary>
    public Reach With(Reach other)
    {
        if (other.rounds.Count == 0 || ReferenceEquals(this, other))
            return this;
        if (rounds.Count == 0)
            return other;
        var all = new SortedDictionary<int, int>(rounds);
        foreach (var site in other.rounds)
            all[site.Key] = all.TryGetValue(site.Key, out var same) ? Math.Min(same, site.Value) : site.Value;
        return new Reach(all);
    }

    /// <summary>The same sites from another round, or from outside, of the loop at this depth.</summary>
    public Reach Leaving(int depth)
    {
        if (rounds.All(site => site.Value < depth))
            return this;
        var cut = new SortedDictionary<int, int>();
        foreach (var site in rounds)
            cut.Add(site.Key, Math.Min(site.Value, depth - 1));
        return new Reach(cut);
    }

    public bool Equals(Reach? other) => other is not null && rounds.SequenceEqual(other.rounds);

    public override bool Equals(object? obj) => Equals(obj as Reach);

    public override int GetHashCode() => rounds.Count;
}
