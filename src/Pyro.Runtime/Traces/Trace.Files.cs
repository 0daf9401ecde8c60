using Pyro.Files;
using Pyro.Params;
using Pyro.Poutines;
using Pyro.Programs;
using static TorchSharp.torch;

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
        using var scope = NewDisposeScope();
        var archive = TensorArchive.Load(path, Kind);
        var trace = new Trace();
        var context = new RunContext(new ParamStore(), seed: 0);
        foreach (var entry in archive.List("sites"))
        {
            if (!Enum.TryParse<SiteKind>(entry.Text("kind"), out var kind) || Enum.GetName(kind) != entry.Text("kind") || entry.Text("name") is not { Length: > 0 } name)
                throw archive.Refused($"it has a site of the kind '{entry.Text("kind")}', which is not known here");
            if (trace.Contains(name))
                throw archive.Refused($"it has two sites '{name}'");
            var value = entry.Texts("key") is [var key] ? archive[key] : null;
            if (value is null && kind != SiteKind.Subsample)
                throw archive.Refused($"the site '{name}' has no value");
            var (size, count) = (entry.Number("size"), entry.Number("count"));
            if (kind == SiteKind.Subsample && !Visits(value, size, count))
                throw archive.Refused($"the plate '{name}' has {size} elements of which it visits {count}, and lists others");
            trace.Record(new Message(context, name, kind) { Value = value, PlateSize = size, PlateCount = count });
        }
        trace.Own(scope);
        return trace;
    }

    // Whether the elements of a plate are as many as it says, and among those that it has; none are listed where all are visited.
    private static bool Visits(Tensor? elements, long size, long count)
    {
        if (elements is null)
            return size >= 0 && count == size;
        if (elements.dtype is not (ScalarType.Int64 or ScalarType.Int32) || elements.dim() != 1 || elements.Sizes()[0] != count)
            return false;
        using var scope = NewDisposeScope();
        return count == 0 || (elements.min().to_type(ScalarType.Int64).Number<long>() >= 0 && elements.max().to_type(ScalarType.Int64).Number<long>() < size);
    }
}
