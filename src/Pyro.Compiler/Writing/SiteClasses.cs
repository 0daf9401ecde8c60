using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Writing;

/// <summary>Writes the classes with an object for each site and plate, and the tables of these.</summary>
internal static class SiteClasses
{
    /// <summary>The fields with the tables.</summary>
    public const string Table = "_sites", Graph = "_graph";

    // More edges than these are not told by name.
    private const int Told = 12;

    /// <summary>Writes the classes.</summary>
    public static void Emit(CSharpWriter writer, ProgramIr program)
    {
        if (program.Sites.Count > 0)
        {
            writer.Line($"// The sites of {program.Method}, one object each.");
            using (writer.Block($"private static class {ProgramNames.SitesClass(program.Suffix)}"))
            {
                foreach (var site in program.Sites)
                {
                    Site(writer, program, site);
                    writer.Line();
                }
                Spans(writer, program);
            }
            writer.Line();
        }
        if (program.Plates.Count > 0)
        {
            var plate = program.Written(RuntimeNames.Plate);
            writer.Line($"// The plates of {program.Method}, one object each.");
            using (writer.Block($"private static class {ProgramNames.PlatesClass(program.Suffix)}"))
                foreach (var (name, vectorized, member) in program.Plates.Select(plate => (plate.Name, plate.Vectorized, plate.Member)))
                    writer.Line($"internal static readonly {plate} {member} = new({ProgramFile.Literal(name)}, vectorized: {ProgramFile.Literal(vectorized)});");
            writer.Line();
        }
    }

    /// <summary>Writes the table of the sites and their graph.</summary>
    public static void Tables(CSharpWriter writer, ProgramIr program)
    {
        writer.Line($"private static readonly {program.Written(RuntimeNames.SiteTable)} {Table} = " +
            $"new({string.Join(", ", program.Sites.Select(site => Handle(program, site)))});");
        writer.Line();
        if (program.Edges.Count is > 0 and <= Told)
            writer.Line($"// {string.Join(", ", program.Edges.Select(edge => $"{OnOneLine(program.Sites[edge.From])} → {OnOneLine(program.Sites[edge.To])}"))}");
        writer.Line($"private static readonly {program.Written(RuntimeNames.SiteGraph)} {Graph} = " +
            $"new({string.Join(", ", program.Edges.Select(edge => EdgeText(program, edge)).Prepend(Table))});");
    }

    /// <summary>The object of a site.</summary>
    public static string Handle(ProgramIr program, SiteIr site) => $"{ProgramNames.SitesClass(program.Suffix)}.{site.Member}";

    private static string Handle(ProgramIr program, int plate) => $"{ProgramNames.PlatesClass(program.Suffix)}.{program.Plates[plate].Member}";

    private static void Site(CSharpWriter writer, ProgramIr program, SiteIr site)
    {
        var known = site.Distribution;
        string[] facts =
        [
            .. known.Name.Length > 0 ? [$"Distribution = {ProgramFile.Literal(known.Name)}"] : Array.Empty<string>(),
            .. known.Support.Length > 0 ? [$"Support = {ProgramFile.Literal(known.Support)}"] : Array.Empty<string>(),
            .. known.EventRank is { } rank ? [$"EventRank = {rank}"] : Array.Empty<string>(),
            .. known.Reparameterized ? ["Reparameterized = true"] : Array.Empty<string>(),
            .. known.Enumerable ? ["Enumerable = true"] : Array.Empty<string>(),
            .. site.Plates.Count > 0 ? [$"Plates = [{string.Join(", ", site.Plates.Select(plate => Handle(program, plate)))}]"] : Array.Empty<string>(),
        ];
        var made = $"internal static readonly {program.Written(RuntimeNames.Site)} {site.Member} = " +
            $"new({site.Slot}, {ProgramFile.Literal(site.Name)}, {program.Written(RuntimeNames.SiteKind)}.{site.Kind}, {ProgramNames.SpanMethod})";
        if (facts.Length == 0)
        {
            writer.Line(made + ";");
            return;
        }
        writer.Line(made);
        writer.Line("{");
        writer.Line($"    {string.Join(", ", facts)},");
        writer.Line("};");
    }

    // Asked for when somebody wants to know: an edit that only moves the sites changes no object, and a running program can take it.
    private static void Spans(CSharpWriter writer, ProgramIr program)
    {
        writer.Line($"private static {program.Written(RuntimeNames.SourceSpan)} {ProgramNames.SpanMethod}(int slot) => slot switch");
        writer.Line("{");
        foreach (var site in program.Sites)
            writer.Line($"    {site.Slot} => {ProgramFile.Literal(site.Span)},");
        writer.Line("    _ => default,");
        writer.Line("};");
    }

    // Of two families the members that differ in the index of a loop that both are in are in two rounds of it.
    private static string EdgeText(ProgramIr program, Edge edge)
    {
        var (from, to) = (program.Sites[edge.From].Rounds, program.Sites[edge.To].Rounds);
        var same = from.SelectMany((loop, place) => to.Select((other, otherPlace) => (loop, other, place, otherPlace)))
            .Where(pair => pair.loop == pair.other && pair.loop > 0 && pair.loop <= edge.SameRounds)
            .Select(pair => $"({pair.place}, {pair.otherPlace})").ToList();
        return same.Count == 0
            ? $"({edge.From}, {edge.To})"
            : $"new {program.Written(RuntimeNames.SiteEdge)}({edge.From}, {edge.To}, {string.Join(", ", same)})";
    }

    private static string OnOneLine(SiteIr site) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(site.Name, quote: false);
}
