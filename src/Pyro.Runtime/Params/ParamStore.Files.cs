using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Pyro.Distributions;
using Pyro.Files;
using static TorchSharp.torch;

namespace Pyro.Params;

public sealed partial class ParamStore
{
    private const string Kind = "params";
    private const string OfStream = "stream";

    /// <summary>
    /// Saves all parameters and modules' buffers in the safetensors format, with constraints and tags in its metadata: under a parameter's name stands its value, and beside
    /// it what the optimizer changes where that is another. Written beside the file and renamed: a crash or a full disk leaves the old one, and so does a parameter that
    /// could not be loaded again. What is saved is of one moment, also where another thread gives parameters values; a step of training on another thread changes
    /// them one after the other.
    /// </summary>
    /// <param name="path">The file. What a link leads to is written; a file that exists keeps its permissions.</param>
    /// <exception cref="NotSupportedException">A parameter has a constraint or a dtype that cannot be saved.</exception>
    /// <exception cref="ModelException">A parameter is NaN or infinite somewhere, or was a disposed module's.</exception>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        Archive(path).Save(path);
    }

    /// <summary>Writes all parameters to a stream, as <see cref="Save(string)"/> does to a file.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="NotSupportedException">A parameter has a constraint or a dtype that cannot be saved.</exception>
    /// <exception cref="ModelException">A parameter is NaN or infinite somewhere, or was a disposed module's. Nothing was written.</exception>
    public void Save(Stream stream)
    {
        using var scope = NewDisposeScope();
        Archive(OfStream).Write(stream);
    }

    /// <summary>
    /// Loads parameters, with their constraints and tags, and modules' buffers. Those that exist take the loaded values, in their own dtype and on their device; where the shape or the
    /// constraint is another they become what the file has. New ones are added, with the file's dtype, which programs then see whatever initial value they name. Others
    /// stay. Everything changes or, where the file is refused, nothing.
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
        Read(TensorArchive.Read(stream, Kind, OfStream))();
    }

    /// <summary>Looks for parameters that could not be saved.</summary>
    /// <exception cref="NotSupportedException">A parameter has a constraint that cannot be saved.</exception>
    internal void CheckCanBeSaved()
    {
        foreach (var parameter in _inOrder)
            ConstraintText.Write(parameter.Name, parameter.Constraint);
        foreach (var (name, buffer) in _buffers)
            SafeTensors.CheckHas(name, buffer.dtype);
    }

    /// <summary>Adds the parameters, buffers and averages of one moment to an archive.</summary>
    internal void Write(TensorArchive archive)
    {
        using var noGrad = no_grad();
        var parameters = Snapshot();
        // Values first: no name of a leaf takes that of another's value.
        var values = parameters.ConvertAll(parameter => archive.Add(parameter.Name, parameter.Made.ValueOf(parameter.Leaf)));
        archive.AddList("params", parameters.Zip(values), (entry, item) =>
        {
            var (parameter, value) = item;
            var constraint = parameter.Made.Constraint;
            entry.Text("name", parameter.Name);
            entry.Text("constraint", ConstraintText.Write(parameter.Name, constraint));
            entry.Texts("tags", parameter.Tags.Order(StringComparer.Ordinal));
            entry.Truth("frozen", parameter.Made.IsFrozen);
            entry.Text("leaf", constraint.Equals(Constraints.Real) ? value : archive.Add($"{parameter.Name}.unconstrained", parameter.Leaf));
        });
        WriteBuffers(archive);
        archive.AddList("averages", CopyAverages().OrderBy(average => average.Key, StringComparer.Ordinal), (entry, average) =>
        {
            entry.Text("site", average.Key);
            entry.Text("key", archive.Add($"average.{average.Key}", average.Value));
        });
    }

    /// <summary>Reads what an archive holds, and gives what makes it the store's: that changes everything or, where it throws, nothing.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="only">Whether what it does not hold goes, and what it holds is taken in the dtype that it has there.</param>
    internal Action Read(TensorArchive archive, bool only = false)
    {
        using var noGrad = no_grad();
        var loaded = new Dictionary<string, StoredParam>();
        foreach (var entry in archive.List("params"))
        {
            var name = entry.Text("name");
            var constraint = ConstraintText.Read(entry.Text("constraint"))
                ?? throw archive.Refused($"the parameter '{name}' has the constraint '{entry.Text("constraint")}', which is not known here");
            var leaf = archive.Take(entry.Text("leaf"));
            CheckNumbers(archive, $"the parameter '{name}'", leaf);
            if (!only && _byName.TryGetValue(name, out var present) && !present.Unconstrained.IsInvalid && present.Unconstrained.dtype != leaf.dtype)
                CheckNumbers(archive, $"the parameter '{name}'", leaf = leaf.to_type(present.Unconstrained.dtype));
            var parameter = new StoredParam(name, leaf, constraint, [.. entry.Texts("tags")]) { Continues = true, WasFrozen = entry.Has("frozen") ? entry.Truth("frozen") : null };
            CheckValue(archive, parameter);
            if (!loaded.TryAdd(name, parameter))
                throw archive.Refused($"it has two parameters '{name}'");
        }
        var buffers = ReadBuffers(archive);
        var averages = new Dictionary<string, Tensor>();
        foreach (var entry in archive.List("averages"))
        {
            var (site, value) = (entry.Text("site"), archive[entry.Text("key")]);
            CheckNumbers(archive, $"the average of '{site}'", value);
            if (!averages.TryAdd(site, value))
                throw archive.Refused($"it has two averages of '{site}'");
        }
        return () => Take(loaded, buffers, averages, only);
    }

    private static void CheckNumbers(TensorArchive archive, string what, Tensor numbers)
    {
        if (!numbers.is_floating_point())
            throw archive.Refused($"{what} has numbers of type {numbers.dtype}, and takes floating-point ones");
        if (Constraints.Real.Find(numbers) is { } found)
            throw archive.Refused($"{what} is {found} somewhere");
    }

    // The shape before the value: of a wrong one the value may be as large as its square.
    private static void CheckValue(TensorArchive archive, StoredParam parameter)
    {
        if (parameter.Constraint.Equals(Constraints.Real))
            return;
        using var scope = NewDisposeScope();
        var leaf = parameter.Unconstrained;
        var shape = $"the parameter '{parameter.Name}' has the shape {Shapes.Format(leaf.Sizes())}, which its constraint {parameter.Constraint} does not have";
        if (ValueShape.FindMisfitOfLeaf(parameter.Constraint, leaf.Sizes()) is { } misfit)
            throw archive.Refused($"{shape}: it takes {misfit}");
        Tensor value;
        try
        {
            value = parameter.Value();
        }
        catch (Exception failure) when (failure is ArgumentException or ExternalException or IndexOutOfRangeException)
        {
            throw archive.Refused(shape);
        }
        if (FindOutside(parameter.Constraint, value) is { } found)
            throw archive.Refused($"the parameter '{parameter.Name}' has the value {found} somewhere, outside its constraint {parameter.Constraint}");
    }

    // Rounding may bring a value to the end of an open interval, in a run that goes on all the same.
    private static string? FindOutside(Constraint constraint, Tensor value) => Constraints.Real.Find(value) ?? (constraint is IntervalConstraint interval
        ? new IntervalConstraint(interval.Name, interval.Description, interval.Lower, interval.Upper, closedLower: true, closedUpper: true).Find(value)
        : null);

    /// <summary>The parameters of one moment, in the present dispose scope: nobody who gives them values does so between two of them.</summary>
    private List<(string Name, StoredParam Made, Tensor Leaf, ImmutableHashSet<string> Tags)> Snapshot()
    {
        lock (_writing)
            return [.. _inOrder.Select(parameter => (parameter.Name, parameter, parameter.Leaf.detach().clone(), parameter.TagSet))];
    }

    private void Take(Dictionary<string, StoredParam> loaded, Dictionary<string, Tensor>? buffers, Dictionary<string, Tensor> averages, bool only)
    {
        using var noGrad = no_grad();
        lock (_writing)
        {
            // What may fail comes first: on another device there may be no room.
            foreach (var parameter in loaded.Values)
                if (_byName.TryGetValue(parameter.Name, out var present) && !present.Unconstrained.IsInvalid)
                    parameter.Become(parameter.Unconstrained.to(present.Unconstrained.device));
            var inOrder = _inOrder.ToBuilder();
            if (only)
                inOrder.RemoveAll(parameter => !loaded.ContainsKey(parameter.Name));
            for (var i = 0; i < inOrder.Count; i++)
                if (loaded.Remove(inOrder[i].Name, out var parameter) && !TryGive(inOrder[i], parameter))
                    inOrder[i] = Kept(parameter);
            inOrder.AddRange(loaded.Values.Select(Kept));
            SetAll(inOrder.ToImmutable());
            if (buffers is not null)
                TakeBuffers(buffers, only);
            if (only)
                _averages.Clear();
            foreach (var (site, value) in averages)
                SetAverage(site, value);
        }
    }

    // The same object goes on, so that whoever holds it sees the value; and the same tensor where it is there.
    private static bool TryGive(StoredParam present, StoredParam loaded)
    {
        var (own, leaf) = (present.Unconstrained, loaded.Unconstrained);
        if (!present.Constraint.Equals(loaded.Constraint))
            return false;
        if (own.IsInvalid)
            present.Become(Kept(loaded).Unconstrained);
        else if (own.dtype == leaf.dtype && own.Sizes().AsSpan().SequenceEqual(leaf.Sizes()))
            own.copy_(leaf);
        else
            return false;
        present.SetTags(loaded.TagSet);
        if (loaded.WasFrozen is { } frozen)
            present.Unconstrained.requires_grad = !frozen;
        return true;
    }

    private static StoredParam Kept(StoredParam loaded)
    {
        loaded.Unconstrained.DetachFromDisposeScope().requires_grad = loaded.WasFrozen != true;
        return loaded;
    }

    // Names that go are gone, and none that stays is missing for a moment.
    private void SetAll(ImmutableList<StoredParam> parameters)
    {
        foreach (var parameter in parameters)
            _byName[parameter.Name] = parameter;
        _inOrder = parameters;
        if (_byName.Count == parameters.Count)
            return;
        var names = parameters.Select(parameter => parameter.Name).ToHashSet();
        foreach (var name in _byName.Keys.Where(name => !names.Contains(name)))
            _byName.TryRemove(name, out _);
    }

    private TensorArchive Archive(string place)
    {
        var archive = new TensorArchive(Kind) { Place = place };
        Write(archive);
        Read(archive, only: true);
        return archive;
    }
}
