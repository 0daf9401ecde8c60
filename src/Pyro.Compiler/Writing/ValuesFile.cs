using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Reading;

namespace Pyro.Compiler.Writing;

/// <summary>Writes the class of a program's values: a property a site, an indexer a family.</summary>
internal static class ValuesFile
{
    private const string Values = "global::Pyro.Programs.SiteValues";

    // What every object has already.
    private static readonly HashSet<string> Taken = ["Equals", "Finalize", "Get", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "Set", "ToString"];

    public static void Emit(CSharpWriter writer, ProgramIr program)
    {
        var type = ProgramNames.ValuesClass(program.Suffix);
        writer.Line($"/// <summary>Values of the sites of <c>{program.Method}</c>: read from a run, or given to Condition, Do, Replay and Substitute.</summary>");
        using (writer.Block($"{program.Access.Program} sealed class {type} : {Values}"))
        {
            writer.Line("/// <summary>No values yet: set those that are wanted.</summary>");
            writer.Line($"public {type}() {{ }}");
            writer.Line();
            writer.Line("/// <summary>The values of a run.</summary>");
            writer.Line("/// <param name=\"trace\">The run.</param>");
            writer.Line($"public {type}(global::Pyro.Traces.Trace trace) : base(trace) {{ }}");
            var used = new HashSet<string>(Taken) { type };
            foreach (var site in program.Sites.Where(site => site.Kind != SiteKind.Param))
            {
                writer.Line();
                Property(writer, program, site, Name(site, used));
            }
        }
    }

    private static void Property(CSharpWriter writer, ProgramIr program, SiteIr site, string name)
    {
        var handle = SiteCollector.Handle(ProgramNames.ProgramClass(program.Suffix), site);
        var value = site.Distribution.ValueType ?? "global::TorchSharp.torch.Tensor";
        var kind = site.Kind == SiteKind.Observed ? "observed" : "latent";
        var what = site.Rounds.Count > 0 ? "family" : "site";
        writer.Line($"/// <summary>The {kind} {what} <c>{ProgramFile.Xml(site.Name)}</c>.</summary>");
        if (site.Rounds.Count > 0)
        {
            writer.Line($"public global::Pyro.Programs.FamilyValues<{value}> {name} => new(this, {handle});");
            return;
        }
        using (writer.Block($"public {value} {name}"))
        {
            writer.Line($"get => Get<{value}>({SymbolDisplay.FormatLiteral(site.Name, quote: true)});");
            writer.Line($"set => Set({SymbolDisplay.FormatLiteral(site.Name, quote: true)}, value);");
        }
    }

    // As people would write it: the number that tells two names apart only where it is needed.
    private static string Name(SiteIr site, HashSet<string> used)
    {
        var identifier = SiteCollector.Identifier(site.Name.Split('{')[0], site.Slot);
        var name = identifier.Substring(0, identifier.LastIndexOf('_'));
        return used.Add(name) ? name : Unused(identifier, used);
    }

    private static string Unused(string name, HashSet<string> used)
    {
        while (!used.Add(name))
            name += "_";
        return name;
    }
}
