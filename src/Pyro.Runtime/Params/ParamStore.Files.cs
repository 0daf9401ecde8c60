using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Files;
using static TorchSharp.torch;

namespace Pyro.Params;

public sealed partial class ParamStore
{
    private const string Kind = "params";

    /// <summary>
    /// Saves all parameters in the safetensors format, with their constraints and tags in its metadata: under a parameter's name stands its value, and beside it
    /// what the optimizer changes where that is another. Written beside the file and renamed: a crash or a full disk leaves the old one.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NotSupportedException">A parameter has a constraint that cannot be saved.</exception>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        Archive().Save(path);
    }

    /// <summary>Writes all parameters to a stream, as <see cref="Save(string)"/> does to a file.</summary>
    /// <param name="stream">The stream.</param>
    public void Save(Stream stream)
    {
        using var scope = NewDisposeScope();
        Archive().Write(stream);
    }

    /// <summary>
    /// Loads parameters, with their constraints and tags. Those that exist take the loaded values, new ones are added, others stay; everything changes or, where
    /// the file is refused, nothing.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged or is something else. Nothing has changed.</exception>
    public void Load(string path)
    {
        using var scope = NewDisposeScope();
        Read(TensorArchive.Load(path, Kind))();
    }

    /// <summary>Loads parameters from a stream that can tell its length, as <see cref="Load(string)"/> does from a file.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="InvalidDataException">The stream is damaged or is something else. Nothing has changed.</exception>
    public void Load(Stream stream)
    {
        using var scope = NewDisposeScope();
        Read(TensorArchive.Read(stream, Kind, "stream"))();
    }

    /// <summary>Looks for parameters that could not be saved.</summary>
    /// <exception cref="NotSupportedException">A parameter has a constraint that cannot be saved.</exception>
    internal void CheckCanBeSaved()
    {
        foreach (var parameter in _inOrder)
            ConstraintText.Write(parameter.Name, parameter.Constraint);
    }

    internal void Write(TensorArchive archive)
    {
        using var noGrad = no_grad();
        archive.AddList("params", _inOrder, (entry, parameter) =>
        {
            entry.Text("name", parameter.Name);
            entry.Text("constraint", ConstraintText.Write(parameter.Name, parameter.Constraint));
            entry.Texts("tags", parameter.Tags.Order(StringComparer.Ordinal));
            var value = archive.Add(parameter.Name, parameter.Value());
            entry.Text("leaf", parameter.Constraint.Equals(Constraints.Real) ? value : archive.Add($"{parameter.Name}.unconstrained", parameter.Unconstrained));
        });
        archive.AddList("averages", _averages.OrderBy(average => average.Key, StringComparer.Ordinal), (entry, average) =>
        {
            entry.Text("site", average.Key);
            entry.Text("key", archive.Add($"average.{average.Key}", average.Value));
        });
    }

    /// <summary>Reads what an archive holds, and gives what makes it the store's.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="only">Whether what it does not hold goes.</param>
    internal Action Read(TensorArchive archive, bool only = false)
    {
        var loaded = new List<StoredParam>();
        foreach (var entry in archive.List("params"))
        {
            var name = entry.Text("name");
            var constraint = ConstraintText.Read(entry.Text("constraint"))
                ?? throw archive.Refused($"the parameter '{name}' has the constraint '{entry.Text("constraint")}', which is not known here");
            var leaf = archive.Take(entry.Text("leaf"));
            CheckNumbers(archive, $"the parameter '{name}'", leaf);
            if (loaded.Exists(other => other.Name == name))
                throw archive.Refused($"it has two parameters '{name}'");
            loaded.Add(new StoredParam(name, leaf, constraint, [.. entry.Texts("tags")]));
            CheckShape(archive, loaded[^1]);
        }
        var averages = archive.List("averages").Select(entry => (Site: entry.Text("site"), Value: archive[entry.Text("key")])).ToArray();
        foreach (var (site, value) in averages)
            CheckNumbers(archive, $"the average of '{site}'", value);
        return () => Take(loaded, averages, only);
    }

    private static void CheckNumbers(TensorArchive archive, string what, Tensor numbers)
    {
        if (!numbers.is_floating_point())
            throw archive.Refused($"{what} has numbers of type {numbers.dtype}, and takes floating-point ones");
        if (Constraints.Real.Find(numbers) is { } found)
            throw archive.Refused($"{what} is {found} somewhere");
    }

    // What a simplex is made of has a dimension, what a matrix is made of two.
    private static void CheckShape(TensorArchive archive, StoredParam parameter)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        try
        {
            parameter.Value();
        }
        catch (Exception failure) when (failure is ArgumentException or ExternalException or IndexOutOfRangeException)
        {
            throw archive.Refused($"the parameter '{parameter.Name}' has the shape {Shapes.Format(parameter.Unconstrained.shape)}, which its constraint {parameter.Constraint} does not have");
        }
    }

    private void Take(List<StoredParam> loaded, (string Site, Tensor Value)[] averages, bool only)
    {
        using var noGrad = no_grad();
        lock (_writing)
        {
            if (only)
                foreach (var parameter in _inOrder.Where(parameter => !loaded.Exists(other => other.Name == parameter.Name)).ToArray())
                    Remove(parameter.Name);
            foreach (var parameter in loaded)
                Take(parameter);
            if (only)
                _averages.Clear();
            foreach (var (site, value) in averages)
                SetAverage(site, value);
        }
    }

    private void Take(StoredParam loaded)
    {
        var leaf = loaded.Unconstrained;
        if (_byName.TryGetValue(loaded.Name, out var present) && present.Constraint.Equals(loaded.Constraint) && present.Unconstrained.dtype == leaf.dtype
            && present.Unconstrained.shape.AsSpan().SequenceEqual(leaf.shape))
        {
            // The same object goes on, so that whoever holds it sees the value.
            present.Unconstrained.copy_(leaf);
            present.SetTags(loaded.TagSet);
            return;
        }
        leaf.DetachFromDisposeScope().requires_grad = true;
        _byName[loaded.Name] = loaded;
        _inOrder = present is null ? _inOrder.Add(loaded) : _inOrder.Replace(present, loaded);
    }

    private TensorArchive Archive()
    {
        var archive = new TensorArchive(Kind);
        Write(archive);
        return archive;
    }
}
