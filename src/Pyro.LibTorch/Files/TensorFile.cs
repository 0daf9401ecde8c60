using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Pyro.LibTorch;

/// <summary>
/// A tensor in TorchSharp's format: element type, number of dimensions and sizes as unsigned LEB128, then the elements, row-major and little-endian.
/// Reading trusts nothing: sizes are checked against what the file holds before memory is asked for.
/// </summary>
internal static class TensorFile
{
    private const int MostDimensions = 64;
    private const int LongestName = 1 << 16;
    private const int Chunk = 1 << 20;

    internal static void Write(BinaryWriter writer, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var plain = tensor.detach().cpu().contiguous();
        WriteNumber(writer, (long)plain.dtype);
        var shape = plain.shape;
        WriteNumber(writer, shape.Length);
        foreach (var size in shape)
            WriteNumber(writer, size);
        var bytes = plain.numel() * plain.element_size();
        for (var at = 0L; at < bytes; at += Chunk)
            writer.Write(Bytes(plain, at, (int)Math.Min(Chunk, bytes - at)));
    }

    /// <exception cref="InvalidDataException">The file is truncated, or no such file.</exception>
    internal static Tensor Read(BinaryReader reader) => Guard(() => ReadTensor(reader));

    internal static Tensor ReadTensor(BinaryReader reader)
    {
        var type = (ScalarType)(sbyte)ReadNumber(reader, sbyte.MaxValue, "element type");
        if (!Enum.IsDefined(type) || torch.is_quantized(type))
            throw new InvalidDataException($"{(int)type} is not an element type.");
        var shape = new long[ReadNumber(reader, MostDimensions, "number of dimensions")];
        var bytes = (long)type.ElementSize();
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = ReadNumber(reader, long.MaxValue, "size");
            if (shape[i] != 0 && bytes > long.MaxValue / shape[i])
                throw new InvalidDataException($"No file holds a tensor of shape [{string.Join(", ", shape)}].");
            bytes *= shape[i];
        }
        var stream = reader.BaseStream;
        if (stream.CanSeek && bytes > stream.Length - stream.Position)
            throw new EndOfStreamException();
        return stream.CanSeek ? Filled(reader, empty(shape, dtype: type), bytes) : Arrived(reader, shape, type, bytes);
    }

    internal static void WriteNumber(BinaryWriter writer, long value)
    {
        for (; value > 0x7f; value >>= 7)
            writer.Write((byte)(value | 0x80));
        writer.Write((byte)value);
    }

    internal static long ReadNumber(BinaryReader reader, long most, string what)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = reader.ReadByte();
            if (shift > 56 && (shift > 63 || (next & 0x7f) >> (63 - shift) != 0))
                throw new InvalidDataException($"The {what} is not a number.");
            value |= (ulong)(next & 0x7f) << shift;
            if (next <= 0x7f)
                break;
        }
        return value <= (ulong)most ? (long)value : throw new InvalidDataException($"{value} is not a {what}.");
    }

    internal static string ReadName(BinaryReader reader)
    {
        var length = (int)ReadNumber(reader, LongestName, "length of a name");
        var bytes = reader.ReadBytes(length);
        if (bytes.Length != length)
            throw new EndOfStreamException();
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("A name in the file is not text.");
        }
    }

    // Whatever is wrong with a file is one kind of exception.
    internal static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The file ends too early: it is truncated, or no file of tensors.");
        }
        catch (System.Runtime.InteropServices.ExternalException failure)
        {
            throw new InvalidDataException($"The file's tensor cannot be made: {failure.Message}");
        }
    }

    private static Tensor Filled(BinaryReader reader, Tensor tensor, long bytes)
    {
        try
        {
            for (var at = 0L; at < bytes; at += Chunk)
            {
                var part = Bytes(tensor, at, (int)Math.Min(Chunk, bytes - at));
                reader.BaseStream.ReadExactly(part);
                // libtorch counts the true elements of a mask by their sum.
                if (tensor.dtype == ScalarType.Bool && part.ContainsAnyExceptInRange((byte)0, (byte)1))
                    throw new InvalidDataException("The file has truth values that are neither true nor false.");
            }
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    // A stream that does not know its length: memory grows with what has arrived.
    private static Tensor Arrived(BinaryReader reader, long[] shape, ScalarType type, long bytes)
    {
        using var arrived = new MemoryStream();
        var buffer = new byte[Chunk];
        for (var left = bytes; left > 0;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(Chunk, left));
            reader.BaseStream.ReadExactly(part);
            arrived.Write(part);
            left -= part.Length;
        }
        arrived.Position = 0;
        using var again = new BinaryReader(arrived);
        return Filled(again, empty(shape, dtype: type), bytes);
    }

    private static unsafe Span<byte> Bytes(Tensor tensor, long at, int count) => new((byte*)Ops.data_ptr(tensor) + at, count);
}
