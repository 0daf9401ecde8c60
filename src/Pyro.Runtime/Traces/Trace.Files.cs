using Pyro.Files;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;

namespace Pyro.Traces;

public sealed partial class Trace
{
    private const string Kind = "trace";

    /// <summary>Saves the sites with their values in the safetensors format, each under its name. Written beside the file and renamed: a crash leaves the old one.</summary>
    /// <param name="path">The file.</param>
    public void Save(string path)
    {
        var archive = new TensorArchive(Kind);
        archive.AddList("sites", this, (entry, site) =>
        {
            entry.Text("name", site.Name);
            entry.Text("kind", site.Kind.ToString());
            entry.Number("size", site.PlateSize);
            entry.Number("count", site.PlateCount);
            entry.Texts("key", site.Value is { } value ? [archive.Add(site.Name, value)] : []);
        });
        archive.Save(path);
    }

    /// <summary>
    /// Loads a trace: names, kinds and values, for replaying, conditioning and comparing. Distributions are not saved; to have log densities, replay the trace
    /// through its program.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is something else.</exception>
    public static Trace Load(string path)
    {
        var archive = TensorArchive.Load(path, Kind);
        var trace = new Trace();
        var context = new RunContext(new ParamStore(), seed: 0);
        foreach (var entry in archive.List("sites"))
        {
            if (!Enum.TryParse<SiteKind>(entry.Text("kind"), out var kind) || entry.Text("name") is not { Length: > 0 } name)
                throw archive.Refused($"it has a site of the kind '{entry.Text("kind")}', which is not known here");
            if (trace.Contains(name))
                throw archive.Refused($"it has two sites '{name}'");
            var value = entry.Texts("key") is [var key] ? archive[key] : null;
            if (value is null && kind != SiteKind.Subsample)
                throw archive.Refused($"the site '{name}' has no value");
            trace.Record(new Message(context, name, kind) { Value = value, PlateSize = entry.Number("size"), PlateCount = entry.Number("count") });
        }
        return trace;
    }
}
