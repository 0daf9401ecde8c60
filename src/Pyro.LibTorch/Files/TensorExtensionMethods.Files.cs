using Pyro.LibTorch;
using static TorchSharp.torch;

namespace TorchSharp;

public static partial class TensorExtensionMethods
{
    /// <summary>Writes a tensor, in TorchSharp's format.</summary>
    public static void Save(this Tensor tensor, BinaryWriter writer) => TensorFile.Write(writer, tensor);

    /// <summary>Writes a tensor, in TorchSharp's format.</summary>
    public static void Save(this Tensor tensor, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        TensorFile.Write(writer, tensor);
    }

    /// <summary>Writes a tensor to a file, in TorchSharp's format.</summary>
    public static void Save(this Tensor tensor, string location)
    {
        using var stream = File.Create(location);
        tensor.Save(stream);
    }

    /// <summary>Reads a tensor that Save wrote, or past it where skip; then the result is null.</summary>
    /// <exception cref="InvalidDataException">The data are truncated, or no tensor.</exception>
    public static Tensor? Load(BinaryReader reader, bool skip = false)
    {
        var read = TensorFile.Read(reader);
        if (!skip)
            return read;
        read.Dispose();
        return null;
    }

    /// <summary>Reads a tensor of the same element type and shape into this one (or past it, where skip).</summary>
    /// <exception cref="InvalidDataException">The data are truncated, no tensor, or another type or shape.</exception>
    public static void Load(this Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using var read = TensorFile.Read(reader);
        if (skip)
            return;
        if (read.dtype != tensor.dtype || !read.shape.AsSpan().SequenceEqual(tensor.shape))
            throw new InvalidDataException($"The file's tensor is {read.dtype} [{string.Join(", ", read.shape)}], this one {tensor.dtype} [{string.Join(", ", tensor.shape)}].");
        using var mode = no_grad();
        tensor.copy_(read);
    }
}
