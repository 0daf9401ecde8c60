using Pyro.Programs;
using Spectre.Console;

namespace ProbCompiler.Samples;

/// <summary>Shows what the compiler knows about a program.</summary>
internal static class Report
{
    /// <summary>Prints the program's sites as a table and its graph as Mermaid.</summary>
    internal static void Write<TArgs>(Program<TArgs> program)
    {
        var table = new Table().Title(Markup.Escape(program.Name)).AddColumns("site", "kind", "distribution", "support", "plates", "influences");
        foreach (var site in program.Sites)
            table.AddRow(
                Markup.Escape(site.Name),
                site.Kind.ToString().ToLowerInvariant(),
                site.Distribution,
                site.Support,
                Markup.Escape(string.Join(", ", site.Plates.Select(plate => plate.Name))),
                Markup.Escape(string.Join(", ", program.Graph.Children(site).Select(child => child.Name))));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(program.ToMermaid());
    }
}
