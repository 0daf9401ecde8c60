using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Writing;

/// <summary>
/// Writes what other assemblies are told of a program that they can call: attributes of its class, which <see cref="LibraryPrograms"/> reads.
/// </summary>
internal static class LibraryAttributes
{
    /// <summary>Writes the attributes; none of a program that no other assembly can call.</summary>
    public static void Emit(CSharpWriter writer, ProgramIr program)
    {
        if (program.OfferedAs is null)
            return;
        string[] facts =
        [
            ProgramFile.Literal(program.OfferedAs),
            .. Names("Sites", program.Flows.ResultSites.Select(slot => program.Sites[slot].Name)),
            .. Names("Arguments", program.Flows.ResultArguments.Select(parameter => Argument(program, parameter))),
            .. Names("ThrowSites", program.Flows.ThrowSites.Select(slot => program.Sites[slot].Name)),
            .. Names("ThrowArguments", program.Flows.ThrowArguments.Select(parameter => Argument(program, parameter))),
            .. Flag("HasDynamicSites", program.HasDynamicSites),
            .. Flag("MayHaveOtherSites", program.MayHaveOtherSites),
            .. Names("OtherNames", program.OtherNames.Union(PlatesWithoutSites(program))),
            .. Flag("MayHaveOtherNames", program.MayHaveOtherNames),
            .. Flag("ChangesTensors", program.ChangesTensors),
        ];
        writer.Line($"[{program.Written(RuntimeNames.CalledProgram)}({string.Join(", ", facts)})]");
        foreach (var site in program.Sites)
            Site(writer, program, site);
    }

    private static void Site(CSharpWriter writer, ProgramIr program, SiteIr site)
    {
        var known = site.Distribution;
        var plates = site.Plates.Select(plate => program.Plates[plate]).ToList();
        string[] facts =
        [
            ProgramFile.Literal(site.Name),
            $"{program.Written(RuntimeNames.SiteKind)}.{site.Kind}",
            .. site.Rounds.Count > 0 ? [$"Places = {site.Rounds.Count}"] : Array.Empty<string>(),
            .. Text("Distribution", known.Name),
            .. Text("Support", known.Support),
            .. known.EventRank is { } rank ? [$"EventRank = {rank}"] : Array.Empty<string>(),
            .. Flag("Reparameterized", known.Reparameterized),
            .. Flag("Enumerable", known.Enumerable),
            .. Names("Plates", plates.Select(plate => plate.Name)),
            .. Names("Loops", plates.Where(plate => !plate.Vectorized).Select(plate => plate.Name)),
            .. Names("Sites", program.Edges.Where(edge => edge.To == site.Slot).Select(edge => program.Sites[edge.From].Name)),
            .. Names("Arguments", program.Flows.Arguments.Where(flow => flow.Slot == site.Slot).Select(flow => Argument(program, flow.Parameter))),
            .. Flag("IsCertain", program.Certain.Contains(site.Slot)),
            .. Flag("MayBeGiven", site.MayBeGiven),
        ];
        writer.Line($"[{program.Written(RuntimeNames.CalledSite)}({string.Join(", ", facts)})]");
    }

    private static IEnumerable<string> PlatesWithoutSites(ProgramIr program)
    {
        var used = new HashSet<int>(program.Sites.SelectMany(site => site.Plates));
        return program.Plates.Where((_, plate) => !used.Contains(plate)).Select(plate => plate.Name);
    }

    private static string Argument(ProgramIr program, int parameter) =>
        parameter < program.Parameters.Count ? program.Parameters[parameter].Name.TrimStart('@') : VariableNames.This;

    private static IEnumerable<string> Text(string property, string text) => text.Length > 0 ? [$"{property} = {ProgramFile.Literal(text)}"] : [];

    private static IEnumerable<string> Flag(string property, bool holds) => holds ? [$"{property} = true"] : [];

    // Attributes take no collection expressions.
    private static IEnumerable<string> Names(string property, IEnumerable<string> names) =>
        names.Select(ProgramFile.Literal).ToList() is { Count: > 0 } texts ? [$"{property} = new[] {{ {string.Join(", ", texts)} }}"] : [];
}
