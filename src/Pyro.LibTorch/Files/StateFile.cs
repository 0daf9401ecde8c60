using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>TorchSharp's file of named tensors: their number, then for each its name and the tensor (<see cref="TensorFile"/>).</summary>
internal static class StateFile
{
    internal static void Write(BinaryWriter writer, IReadOnlyCollection<KeyValuePair<string, Tensor>> state)
    {
        TensorFile.WriteNumber(writer, state.Count);
        foreach (var (name, tensor) in state)
        {
            writer.Write(name);
            TensorFile.Write(writer, tensor);
        }
    }

    /// <exception cref="InvalidDataException">The file is truncated, or no such file.</exception>
    internal static Dictionary<string, Tensor> Read(BinaryReader reader) => TensorFile.Guard(() =>
    {
        var count = TensorFile.ReadNumber(reader, 1_000_000, "number of tensors");
        var state = new Dictionary<string, Tensor>();
        for (var i = 0L; i < count; i++)
        {
            var name = TensorFile.ReadName(reader);
            if (!state.TryAdd(name, TensorFile.ReadTensor(reader)))
                throw new InvalidDataException($"'{name}' is in the file twice.");
        }
        return state;
    });
}
