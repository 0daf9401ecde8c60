using Microsoft.CodeAnalysis;
using Pyro.Compiler.Ir;

namespace Pyro.Compiler.Reading;

/// <summary>The tables that grow while a body is read: sites and plates, by name.</summary>
internal sealed class SiteCollector
{
    private readonly Dictionary<string, int> slots = [];
    private readonly List<SiteIr> sites = [];
    private readonly List<PlateIr> plates = [];

    public IReadOnlyList<SiteIr> Sites => sites;

    public IReadOnlyList<PlateIr> Plates => plates;

    /// <summary>The IRange loops, in order.</summary>
    public List<LoopIr> Loops { get; } = [];

    public bool HasDynamicSites { get; set; }

    /// <summary>The slot of a name. Sites of one name on different branches are one site; what they disagree in is not known.</summary>
    public int Slot(string name, SiteKind kind, DistributionIr distribution, IEnumerable<int> around, IEnumerable<int> rounds, Span span)
    {
        if (!slots.TryGetValue(name, out var slot))
        {
            slots.Add(name, slot = sites.Count);
            sites.Add(new SiteIr(slot, name, kind, distribution, around.ToEquatableArray(), rounds.ToEquatableArray(), span));
            return slot;
        }
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

    public int Plate(string name, bool vectorized)
    {
        var plate = new PlateIr(name, vectorized);
        var index = plates.IndexOf(plate);
        if (index >= 0)
            return index;
        plates.Add(plate);
        return plates.Count - 1;
    }

    public static Span SpanOf(SyntaxNode node)
    {
        var position = node.SyntaxTree.GetLineSpan(node.Span);
        return new Span(position.Path, position.StartLinePosition.Line + 1, position.StartLinePosition.Character + 1,
            position.EndLinePosition.Line + 1, position.EndLinePosition.Character + 1);
    }

    /// <summary>The static handle's expression in generated code.</summary>
    public static string Handle(string programClass, SiteIr site) => $"{programClass}.Handles.{Identifier(site.Name, site.Slot)}";

    /// <summary>The static plate's expression in generated code.</summary>
    public static string Handle(string programClass, PlateIr plate, int index) => $"{programClass}.Plates.{Identifier(plate.Name, index)}";

    /// <summary>A C# identifier that people recognise a name in; the number keeps two names apart that give the same one.</summary>
    public static string Identifier(string name, int number)
    {
        var letters = new System.Text.StringBuilder();
        var upper = true;
        foreach (var character in name)
        {
            if (character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9'))
            {
                letters.Append(upper ? char.ToUpperInvariant(character) : character);
                upper = false;
            }
            else
                upper = true;
        }
        if (letters.Length == 0 || char.IsDigit(letters[0]))
            letters.Insert(0, "Site");
        return $"{letters}_{number}";
    }
}
