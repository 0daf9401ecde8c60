using System.Globalization;
using Pyro.Files;
using static TorchSharp.torch;

namespace Pyro.Optim;

public abstract partial class PyroOptim
{
    /// <summary>
    /// What the state is of: a file says it, and an optimizer whose state is of another kind does not take it. Those share a kind whose states mean the same.
    /// </summary>
    protected virtual string Kind => GetType().Name;

    /// <summary>
    /// The tensors that the rule keeps of a parameter, in the order in which it makes them: what a file has otherwise is refused. Null where any may be kept:
    /// then they are only held to be numbers.
    /// </summary>
    protected virtual IReadOnlyList<StateSlot>? Slots => null;

    /// <summary>A learning rate that was set after the optimizer was made, and so belongs to the state; NaN where there is none.</summary>
    private protected virtual double ChangedRate
    {
        get => double.NaN;
        set { }
    }

    /// <summary>Saves the state of all parameters in the safetensors format. Written beside the file and renamed: a crash leaves the old one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelException">The state of a parameter is such that no file of it could be loaded, as when it has become NaN. Nothing was written.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the optimizer.</exception>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var archive = new TensorArchive("optimizer");
        Enter();
        try
        {
            WriteStates(archive);
            archive.Save(path);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Loads a state. It takes the place of the present one; parameters that do not exist yet find theirs when they appear.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is damaged, is something else or is the state of another kind of optimizer. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the optimizer.</exception>
    public void Load(string path)
    {
        using var scope = NewDisposeScope();
        Read(TensorArchive.Load(path, "optimizer"))();
    }

    /// <summary>Writes the state of all parameters to a stream, as <see cref="Save(string)"/> does to a file.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ModelException">The state of a parameter is such that none of it could be loaded, as when it has become NaN. Nothing was written.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the optimizer.</exception>
    public void Save(Stream stream)
    {
        using var scope = NewDisposeScope();
        var archive = new TensorArchive("optimizer");
        Write(archive);
        archive.Write(stream);
    }

    /// <summary>Loads a state from a stream that can tell its length, as <see cref="Load(string)"/> does from a file.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="InvalidDataException">The stream is damaged, is something else or has the state of another kind of optimizer. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the optimizer.</exception>
    public void Load(Stream stream)
    {
        using var scope = NewDisposeScope();
        Read(TensorArchive.Read(stream, "optimizer", "stream"))();
    }

    /// <summary>What a file has of a parameter beside the tensors of its state; null for nothing.</summary>
    private protected virtual byte[]? BytesOf(string name, OptimState state) => null;

    internal void Write(TensorArchive archive)
    {
        Enter();
        try
        {
            WriteStates(archive);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Reads what an archive holds, and gives what makes it the present state.</summary>
    internal Action Read(TensorArchive archive)
    {
        var (saysKind, rate) = ReadRule(archive);
        var loaded = new Dictionary<string, OptimState>();
        foreach (var entry in archive.List("optimizer"))
        {
            var (name, slots, keys) = (entry.Text("name"), entry.Texts("slots"), entry.Texts("keys"));
            var state = new OptimState { Steps = entry.Number("steps") };
            if (slots.Length != keys.Length || slots.Distinct().Count() != slots.Length)
                throw archive.Refused($"the state of '{name}' is none: {slots.Length} names and {keys.Length} tensors");
            foreach (var (slot, key) in slots.Zip(keys))
                state.Set(slot, archive.Take(key));
            state.Shape = saysKind ? ReadShape(archive, name, entry.Texts("shape")) : state.Slots is [var first, ..] ? first.Tensor.Sizes() : null;
            if (entry.Has("bytes"))
                state.Bytes = archive.Take(entry.Text("bytes")) is { dtype: ScalarType.Byte } bytes
                    ? bytes.bytes.ToArray()
                    : throw archive.Refused($"what it has of '{name}' is no bytes");
            if (StateSlot.Find(state, Slots) is { } found)
                throw archive.Refused($"the state of '{name}' is none of {Kind}: {found}");
            if (!saysKind && !StateSlot.AreInOrder(state, Slots))
                throw archive.Refused($"the state of '{name}' is none of {Kind}: {string.Join(", ", slots)} are kept by another optimizer");
            if (!loaded.TryAdd(name, state))
                throw archive.Refused($"it has two states of '{name}'");
        }
        return () =>
        {
            Enter();
            try
            {
                ForgetStates();
                foreach (var (name, state) in loaded)
                    _states.Add(name, state.Keep());
                if (saysKind)
                    ChangedRate = rate;
            }
            finally
            {
                Leave();
            }
        };
    }

    private void WriteStates(TensorArchive archive)
    {
        foreach (var (name, state) in _states)
            if (StateSlot.Find(state, Slots) is { } found)
                throw new ModelException(name,
                    $"What {GetType().Name} keeps of the parameter '{name}' cannot be saved: {found}. Nothing was written. Lower the learning rate, or limit the gradients.");
        archive.AddList("rule", [this], static (entry, optimizer) =>
        {
            entry.Text("kind", optimizer.Kind);
            entry.Real("learningRate", optimizer.ChangedRate);
        });
        archive.AddList("optimizer", _states.OrderBy(state => state.Key, StringComparer.Ordinal), (entry, state) =>
        {
            entry.Text("name", state.Key);
            entry.Number("steps", state.Value.Steps);
            entry.Texts("shape", state.Value.Shape!.Select(size => size.ToString(CultureInfo.InvariantCulture)));
            entry.Texts("slots", state.Value.Slots.Select(slot => slot.Name));
            if (BytesOf(state.Key, state.Value) is { } bytes)
                entry.Text("bytes", archive.Add($"optimizer.{state.Key}", tensor(bytes)));
            entry.Texts("keys", state.Value.Slots.Select(slot => archive.Add($"optimizer.{state.Key}.{slot.Name}", slot.Tensor)));
        });
    }

    // Files of earlier versions do not say of what kind they are: those are told by what is kept.
    private (bool SaysKind, double Rate) ReadRule(TensorArchive archive)
    {
        if (!archive.Has("rule"))
            return (false, double.NaN);
        if (archive.List("rule") is not [var rule])
            throw archive.Refused("it does not say of which optimizer it is");
        if (rule.Text("kind") is var kind && kind != Kind)
            throw archive.Refused($"it holds a state of {kind}, and {GetType().Name} goes on with one of {Kind}: load it with the optimizer that it was saved from");
        return rule.Real("learningRate") is var rate && (double.IsNaN(rate) || rate is >= 0 and < double.PositiveInfinity)
            ? (true, rate)
            : throw archive.Refused($"it has the learning rate {rate}");
    }

    private static long[] ReadShape(TensorArchive archive, string name, string[] sizes) => Array.ConvertAll(sizes, size =>
        long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw archive.Refused($"the state of '{name}' has the shape ({string.Join(", ", sizes)})"));
}
