using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>The tables that grow while a body is read: sites and plates, by name.</summary>
/// <param name="suffix">What the names of the program's classes begin with.</param>
internal sealed class SiteCollector(string suffix)
{
    private readonly Dictionary<string, int> slots = [];
    private readonly List<SiteIr> sites = [];
    private readonly List<PlateIr> plates = [];
    private readonly MemberNames siteMembers = new("Site", ProgramNames.Classes(suffix)), plateMembers = new("Plate", ProgramNames.Classes(suffix));

    public IReadOnlyList<SiteIr> Sites => sites;

    public IReadOnlyList<PlateIr> Plates => plates;

    /// <summary>The IRange loops, in order.</summary>
    public List<LoopIr> Loops { get; } = [];

    public bool HasDynamicSites { get; set; }

    /// <summary>Whether there may be sites in methods that are not followed.</summary>
    public bool MayHaveOtherSites { get; set; }

    /// <summary>The names of values without a density.</summary>
    public SortedSet<string> OtherNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether there may be other names that are not known.</summary>
    public bool MayHaveOtherNames { get; set; }

    /// <summary>The slot of a name. Sites of one name on different branches are one site; what they disagree in is not known.</summary>
    public int Slot(
        string name, SiteKind kind, DistributionIr distribution, IEnumerable<int> around, IEnumerable<int> rounds, Span span, bool mayBeGiven = false)
    {
        if (!slots.TryGetValue(name, out var slot))
        {
            slots.Add(name, slot = sites.Count);
            sites.Add(new SiteIr(slot, name, kind, distribution, around.ToEquatableArray(), rounds.ToEquatableArray(), span)
            {
                Member = siteMembers.Of(name, slot), MayBeGiven = mayBeGiven,
            });
            return slot;
        }
        if (mayBeGiven || sites[slot].Kind != kind)
            sites[slot] = sites[slot] with { MayBeGiven = true };
        if (sites[slot].Distribution != distribution)
            sites[slot] = sites[slot] with
            {
                Distribution = DistributionIr.Unknown with
                {
                    ValueType = sites[slot].Distribution.ValueType == distribution.ValueType ? distribution.ValueType : null,
                },
            };
        if (!sites[slot].Rounds.SequenceEqual(rounds))
            sites[slot] = sites[slot] with { Rounds = sites[slot].Rounds.Select(_ => 0).ToEquatableArray() };
        return slot;
    }

    /// <summary>A value without a density: one name where that is a constant.</summary>
    public void Add(SiteName name)
    {
        if (name.Constant is { } constant)
            OtherNames.Add(constant);
        else
            MayHaveOtherNames = true;
    }

    /// <summary>What is not known of a library's program is not known of its caller.</summary>
    public void Add(LibraryProgram program)
    {
        HasDynamicSites |= program.HasDynamicSites;
        MayHaveOtherSites |= program.MayHaveOtherSites;
        MayHaveOtherNames |= program.MayHaveOtherNames;
        OtherNames.UnionWith(program.OtherNames);
    }

    public int Plate(string name, bool vectorized)
    {
        var index = plates.FindIndex(plate => plate.Name == name && plate.Vectorized == vectorized);
        if (index >= 0)
            return index;
        plates.Add(new PlateIr(name, vectorized) { Member = plateMembers.Of(name, plates.Count) });
        return plates.Count - 1;
    }

    public static Span SpanOf(SyntaxNode node)
    {
        var position = node.SyntaxTree.GetMappedLineSpan(node.Span);
        return new Span(position.Path, position.StartLinePosition.Line + 1, position.StartLinePosition.Character + 1,
            position.EndLinePosition.Line + 1, position.EndLinePosition.Character + 1);
    }
}
