using System.Globalization;

namespace Pyro.Programs;

/// <summary>A site of a program, or a family of sites, as the compiler knows it: one static object each.</summary>
public sealed class Site
{
    // The names of a family's first members, so that a loop formats each name once in the process and not once a step.
    private const int CachedMembers = 4096;
    private readonly Func<int, SourceSpan>? _span;
    private string?[] _members = [];

    /// <summary>Creates a site.</summary>
    /// <param name="slot">The position in the program's site table.</param>
    /// <param name="name">The name: a constant, or for a family a composite format over its loop indices, such as <c>z_{0}</c>.</param>
    /// <param name="kind">What happens here.</param>
    /// <param name="span">Where the site of a slot is written; asked when somebody wants to know.</param>
    public Site(int slot, string name, SiteKind kind, Func<int, SourceSpan>? span = null)
    {
        Slot = slot;
        Name = name;
        Kind = kind;
        _span = span;
    }

    /// <summary>The position in the program's site table.</summary>
    public int Slot { get; }

    /// <summary>The name: a constant, or for a family a composite format over its loop indices.</summary>
    public string Name { get; }

    /// <summary>What happens here.</summary>
    public SiteKind Kind { get; }

    /// <summary>The distribution's name as written, or an empty string where it is not known before the program runs.</summary>
    public string Distribution { get; init; } = "";

    /// <summary>The support's name in <see cref="Distributions.Constraints"/>, or an empty string.</summary>
    public string Support { get; init; } = "";

    /// <summary>Whether gradients flow through samples.</summary>
    public bool Reparameterized { get; init; }

    /// <summary>Whether the support is finite and can be enumerated.</summary>
    public bool Enumerable { get; init; }

    /// <summary>How many of the last dimensions of a value are one event; −1 where that is not known before the program runs.</summary>
    public int EventRank { get; init; } = -1;

    /// <summary>The plates that the site is in, outermost first.</summary>
    public IReadOnlyList<Plate> Plates { get; init; } = [];

    /// <summary>Where it is written; nowhere, where that is not known.</summary>
    public SourceSpan Span => _span?.Invoke(Slot) ?? default;

    /// <summary>The family's member at an index.</summary>
    /// <param name="i0">The loop index.</param>
    public SiteHandle At(long i0)
    {
        if (i0 is < 0 or >= CachedMembers)
            return new SiteHandle(this, string.Format(CultureInfo.InvariantCulture, Name, i0), (i0, 0, 0));
        var members = _members;
        if (i0 >= members.Length)
        {
            // A race loses names that another thread has just added; they are formatted again when asked for.
            Array.Resize(ref members, (int)Math.Min(CachedMembers, Math.Max(i0 + 1, 2L * members.Length)));
            _members = members;
        }
        return new SiteHandle(this, members[i0] ??= string.Format(CultureInfo.InvariantCulture, Name, i0), (i0, 0, 0));
    }

    /// <summary>The family's member at two indices.</summary>
    /// <param name="i0">The first loop index of the name.</param>
    /// <param name="i1">The second.</param>
    public SiteHandle At(long i0, long i1) => new(this, string.Format(CultureInfo.InvariantCulture, Name, i0, i1), (i0, i1, 0));

    /// <summary>The family's member at three indices.</summary>
    /// <param name="i0">The first loop index of the name.</param>
    /// <param name="i1">The second.</param>
    /// <param name="i2">The third.</param>
    public SiteHandle At(long i0, long i1, long i2) => new(this, string.Format(CultureInfo.InvariantCulture, Name, i0, i1, i2), (i0, i1, i2));

    /// <summary>The family's member at any number of indices.</summary>
    /// <param name="indices">The loop indices, in the order of the name's places.</param>
    public SiteHandle At(params object[] indices)
    {
        return new SiteHandle(this, string.Format(CultureInfo.InvariantCulture, Name, indices), (Number(0), Number(1), Number(2)));

        long Number(int place) => place < indices.Length ? Convert.ToInt64(indices[place], CultureInfo.InvariantCulture) : 0;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
