using System.Collections.Concurrent;
using Pyro.Distributions;
using Pyro.Files;
using static TorchSharp.torch;

namespace Pyro.Params;

public sealed partial class ParamStore
{
    private readonly ConcurrentDictionary<string, Tensor> _buffers = new();

    /// <summary>
    /// The names of the registered modules' buffers, in alphabetical order: what a module keeps beside its parameters, such as running statistics and masks. No optimizer changes
    /// them; files and checkpoints have them.
    /// </summary>
    public IReadOnlyList<string> BufferNames => [.. _buffers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What a module's buffer holds now, as a tensor that does not change when the buffer does.</summary>
    /// <param name="name">The buffer's full name: the module's, "$$$" and its own.</param>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    /// <exception cref="ModelException">It was a module's, which has been disposed.</exception>
    public Tensor GetBuffer(string name)
    {
        using var noGrad = no_grad();
        lock (_writing)
        {
            return _buffers.TryGetValue(name, out var buffer)
                ? Present(name, buffer).clone()
                : throw new KeyNotFoundException(_buffers.IsEmpty
                    ? $"The store has no buffer '{name}': it has none until a program has registered a module that has some."
                    : $"The store has no buffer '{name}'. It has: {string.Join(", ", BufferNames)}.");
        }
    }

    /// <summary>
    /// Makes a module's buffer the store's. One that the store has gives the tensor its numbers, and is that tensor from then on, as a parameter is. It lives as long as the
    /// module, also where the module was made in a dispose scope.
    /// </summary>
    /// <param name="name">The full name.</param>
    /// <param name="own">The module's tensor.</param>
    /// <returns>Whether it is new.</returns>
    /// <exception cref="ModelException">There is another buffer of that name: of another shape, or of a module that has been disposed. Or the name is no text.</exception>
    internal bool AdoptBuffer(string name, Tensor own)
    {
        if (_buffers.TryGetValue(name, out var kept) && ReferenceEquals(kept, own))
            return false;
        lock (_writing)
        {
            if (!_buffers.TryGetValue(name, out kept))
            {
                CheckName(name);
                _buffers[name] = own.DetachFromDisposeScope();
                return true;
            }
            if (!Present(name, kept).Sizes().AsSpan().SequenceEqual(own.Sizes()))
                throw new ModelException(name,
                    $"The store has a buffer '{name}' of shape {Shapes.Format(kept.Sizes())}, and the module's has shape {Shapes.Format(own.Sizes())}. Give the module another name, " +
                    $"or {nameof(Remove)} the stored buffer.");
            using (no_grad())
                own.copy_(kept);
            _buffers[name] = own.DetachFromDisposeScope();
            return false;
        }
    }

    /// <summary>The buffers of one moment, in the present dispose scope.</summary>
    internal KeyValuePair<string, Tensor>[] CopyBuffers()
    {
        if (_buffers.IsEmpty)
            return [];
        using var noGrad = no_grad();
        lock (_writing)
            return [.. _buffers.OrderBy(buffer => buffer.Key, StringComparer.Ordinal).Select(buffer => KeyValuePair.Create(buffer.Key, Present(buffer.Key, buffer.Value).clone()))];
    }

    /// <summary>Gives buffers the numbers that they had.</summary>
    internal void RestoreBuffers(IEnumerable<KeyValuePair<string, Tensor>> former)
    {
        using var noGrad = no_grad();
        lock (_writing)
            foreach (var (name, numbers) in former)
                if (_buffers.TryGetValue(name, out var buffer) && !buffer.IsInvalid)
                    buffer.copy_(numbers);
    }

    private static Tensor Present(string name, Tensor buffer) => !buffer.IsInvalid ? buffer : throw new ModelException(name,
        $"The buffer '{name}' was the tensor of a module that has been disposed, and its numbers with it. Dispose the module when the store is no longer needed, " +
        $"{nameof(Remove)} the buffer, or {nameof(Load)} a file that has it.");

    private void WriteBuffers(TensorArchive archive) => archive.AddList("buffers", CopyBuffers(), (entry, buffer) =>
    {
        entry.Text("name", buffer.Key);
        entry.Text("key", archive.Add(buffer.Key, buffer.Value));
    });

    // Files of earlier versions have none, and change none. Buffers may hold any numbers: masks of attention have infinite ones.
    private static Dictionary<string, Tensor>? ReadBuffers(TensorArchive archive)
    {
        if (!archive.Has("buffers"))
            return null;
        var loaded = new Dictionary<string, Tensor>();
        foreach (var entry in archive.List("buffers"))
            if (entry.Text("name") is var name && !loaded.TryAdd(name, archive.Take(entry.Text("key"))))
                throw archive.Refused($"it has two buffers '{name}'");
        return loaded;
    }

    /// <summary>Makes loaded buffers the store's; those that are there are the same tensors afterwards, which modules compute with.</summary>
    /// <param name="loaded">The buffers.</param>
    /// <param name="only">Whether others go, and dtypes are those of the file.</param>
    private void TakeBuffers(Dictionary<string, Tensor> loaded, bool only)
    {
        foreach (var (name, numbers) in loaded)
            if (_buffers.TryGetValue(name, out var own) && !own.IsInvalid && own.Sizes().AsSpan().SequenceEqual(numbers.Sizes()) && !(only && own.dtype != numbers.dtype))
                own.copy_(numbers);
            else
                _buffers[name] = numbers.DetachFromDisposeScope();
        if (only)
            foreach (var name in _buffers.Keys.Where(name => !loaded.ContainsKey(name)))
                _buffers.TryRemove(name, out _);
    }
}
