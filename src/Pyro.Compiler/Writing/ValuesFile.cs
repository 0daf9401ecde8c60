using Pyro.Compiler.Catalog;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Writing;

/// <summary>Writes the class of a program's values: a property a site, an indexer a family.</summary>
internal static class ValuesFile
{
    public static void Emit(CSharpWriter writer, ProgramIr program)
    {
        var type = ProgramNames.ValuesClass(program.Suffix);
        writer.Line($"/// <summary>Values of the sites of <c>{program.Method}</c>: read from a run, or given to Condition, Do, Replay and Substitute.</summary>");
        ProgramFile.Generated(writer, program);
        using (writer.Block($"{program.Access.Program} sealed class {type} : {program.Written(RuntimeNames.SiteValues)}"))
        {
            writer.Line("/// <summary>No values yet: set those that are wanted.</summary>");
            writer.Line($"public {type}() {{ }}");
            writer.Line();
            writer.Line("/// <summary>The values of a run.</summary>");
            writer.Line("/// <param name=\"trace\">The run.</param>");
            writer.Line($"public {type}({program.Written(RuntimeNames.Trace)} trace) : base(trace) {{ }}");
            foreach (var site in program.Sites.Where(site => site.Kind != SiteKind.Param))
            {
                writer.Line();
                Property(writer, program, site);
            }
        }
    }

    private static void Property(CSharpWriter writer, ProgramIr program, SiteIr site)
    {
        var value = site.Distribution.ValueType ?? program.Written(RuntimeNames.Tensor);
        var kind = site.Kind == SiteKind.Observed ? "observed" : "latent";
        var what = site.Rounds.Count > 0 ? "family" : "site";
        writer.Line($"/// <summary>The {kind} {what} <c>{ProgramFile.Xml(site.Name)}</c>.</summary>");
        if (site.Rounds.Count > 0)
        {
            writer.Line($"public {program.Written(RuntimeNames.FamilyValues)}<{value}> {site.Member} => new(this, {SiteClasses.Handle(program, site)});");
            return;
        }
        using (writer.Block($"public {value} {site.Member}"))
        {
            writer.Line($"get => Get<{value}>({ProgramFile.Literal(site.Name)});");
            writer.Line($"set => Set({ProgramFile.Literal(site.Name)}, value);");
        }
    }
}
