using Pyro.LibTorch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Writes a tensor to a file, in TorchSharp's format.</summary>
    public static void save(Tensor t, string location) => t.save(location);

    /// <summary>Reads a tensor that save wrote.</summary>
    /// <exception cref="InvalidDataException">The file is truncated, or no such file.</exception>
    public static Tensor load(string location) => Tensor.Load(location);

    public partial class Tensor
    {
        /// <summary>Reads a tensor that Save wrote.</summary>
        /// <exception cref="InvalidDataException">The data are truncated, or no tensor.</exception>
        public static Tensor Load(BinaryReader reader) => TensorFile.Read(reader);

        /// <inheritdoc cref="Load(BinaryReader)"/>
        public static Tensor Load(Stream stream)
        {
            using var reader = new BinaryReader(stream, System.Text.Encoding.UTF8, leaveOpen: true);
            return TensorFile.Read(reader);
        }

        /// <inheritdoc cref="Load(BinaryReader)"/>
        public static Tensor Load(string location)
        {
            using var stream = File.OpenRead(location);
            return Load(stream);
        }

        /// <inheritdoc cref="Load(BinaryReader)"/>
        public static Tensor load(string location) => Load(location);

        /// <summary>Writes the tensor to a file, in TorchSharp's format.</summary>
        public void save(string location) => TensorExtensionMethods.Save(this, location);
    }
}
