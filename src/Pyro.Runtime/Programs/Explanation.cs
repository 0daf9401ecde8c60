using System.Globalization;
using System.Text;

namespace Pyro.Programs;

/// <summary>What the compiler knows of a program, as text for people.</summary>
internal static class Explanation
{
    public static string Of(string name, SiteTable sites, SiteGraph graph, IReadOnlyList<DensityReport> densities, IReadOnlyList<LoopReport> loops, string body)
    {
        var text = new StringBuilder();
        text.Append(name).Append('\n');
        Section(text, "Sites");
        Table(text, [["site", "kind", "distribution", "support", "event rank", "plates", "gradient", "reaches", "at"],
            .. sites.Select(site => Row(site, graph))]);
        if (densities.Count > 0)
        {
            Section(text, $"Densities ({densities.Count(IsKnown)} of {densities.Count} of known operations alone)");
            Table(text, [["site", "shape", "from"], .. densities.Select(density => (string[])
                [density.Site.Name, density.Shape ?? "known when it runs", density.Formula ?? "different on different ways"])]);
            foreach (var density in densities.Where(density => density.Opaque.Count > 0))
                text.Append("  not looked into at ").Append(density.Site.Name).Append(": ").Append(string.Join("; ", density.Opaque.Select(OnOneLine))).Append('\n');
            foreach (var density in densities.Where(density => density.OnceForAll.Count > 0))
                text.Append("  the same in every step at ").Append(density.Site.Name).Append(": ").Append(string.Join("; ", density.OnceForAll)).Append('\n');
        }
        if (loops.Count > 0)
        {
            Section(text, "Loops");
            foreach (var loop in loops)
                text.Append("  ").Append(loop.Plate.Name).Append(" (").Append(At(loop.Span)).Append("): ")
                    .Append(loop.Sequential is { } reason ? $"one iteration after another; it {reason}" : "all iterations as one").Append('\n');
        }
        Section(text, "Graph (Mermaid)");
        text.Append(graph.ToMermaid());
        Section(text, "Graph (DOT)");
        text.Append(graph.ToDot());
        if (body.Length > 0)
        {
            Section(text, "Body");
            text.Append(body);
        }
        else if (!ReferenceEquals(sites, SiteTable.Empty))
        {
            Section(text, "Densities, loops, body");
            text.Append("  Not in this build. Debug builds have them; others with <ProbCompilerExplain>true</ProbCompilerExplain> in the project file\n")
                .Append("  that has the program, or with -p:ProbCompilerExplain=true for the build.\n");
        }
        return text.ToString();
    }

    private static bool IsKnown(DensityReport density) => density is { Formula: not null, Opaque.Count: 0 };

    private static string OnOneLine(string code) => string.Join(' ', code.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Row(Site site, SiteGraph graph) =>
    [
        site.Name,
        site.Kind.ToString().ToLowerInvariant(),
        site.Distribution,
        site.Support,
        site.Kind == SiteKind.Param || site.EventRank < 0 ? "" : site.EventRank.ToString(CultureInfo.InvariantCulture),
        string.Join(", ", site.Plates.Select(plate => plate.Name)),
        Gradient(site),
        string.Join(", ", graph.Descendants(site).Select(other => other.Name)),
        At(site.Span),
    ];

    private static string Gradient(Site site) => site switch
    {
        { Kind: not SiteKind.Latent } => "",
        { Distribution: "" } => "known when it runs",
        { Reparameterized: true } => "pathwise",
        { Enumerable: true } => "score function, or enumeration",
        _ => "score function",
    };

    private static string At(SourceSpan span) => span == default ? "" : string.Create(CultureInfo.InvariantCulture, $"{span.File}:{span.Line}");

    private static void Section(StringBuilder text, string title) => text.Append('\n').Append(title).Append('\n');

    private static void Table(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            text.Append("  ").Append(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()).Append('\n');
    }
}
