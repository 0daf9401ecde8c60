using System.Buffers.Binary;
using System.Text.Json;
using Pyro.Distributions;
using static TorchSharp.torch;

namespace Pyro.Files;

/// <summary>
/// The safetensors format, which Python reads with the package of that name: eight bytes with the length of a header, the header in JSON, and the numbers of
/// the tensors, one after the other. What does not keep to it is refused before anything is allocated for it.
/// </summary>
internal static class SafeTensors
{
    private const string MetadataKey = "__metadata__";

    // That of the format's own reader.
    private const long LongestHeader = 100_000_000;

    private static readonly (string Name, ScalarType Type, int Size)[] s_types =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4), ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    /// <summary>Writes tensors: those with long numbers first, so that each starts at a multiple of the size of its numbers.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="tensors">The tensors, by names that differ.</param>
    /// <param name="metadata">What else the file says.</param>
    /// <param name="piece">How many bytes are written at once.</param>
    /// <exception cref="NotSupportedException">The format has no name for a tensor's dtype.</exception>
    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata, int piece = Pieces.Longest)
    {
        tensors = [.. tensors.OrderByDescending(tensor => tensor.Value.ElementSize)];
        var header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            foreach (var part in Pieces.Of(tensor.detach().cpu().contiguous(), piece))
                stream.Write(part.bytes);
        }
    }

    /// <summary>Reads tensors into the present dispose scope.</summary>
    /// <param name="stream">The stream, which can tell its length.</param>
    /// <param name="piece">How many bytes are read at once.</param>
    /// <exception cref="InvalidDataException">The stream does not keep to the format; the message is the rest of a sentence that begins with the file.</exception>
    public static (Dictionary<string, Tensor> Tensors, Dictionary<string, string> Metadata) Read(Stream stream, int piece = Pieces.Longest)
    {
        var bytes = stream.Length - stream.Position;
        if (bytes < 8)
            throw new InvalidDataException($"it has {bytes} bytes, and a header's length alone takes 8");
        var length = new byte[8];
        stream.ReadExactly(length);
        var size = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (size > (ulong)Math.Min(LongestHeader, bytes - 8))
            throw new InvalidDataException($"its header claims {size} bytes, and the whole file has {bytes}");
        var header = new byte[size];
        stream.ReadExactly(header);
        var (entries, metadata) = Parse(header, bytes - 8 - (long)size);
        var tensors = new Dictionary<string, Tensor>(entries.Count);
        foreach (var entry in entries)
        {
            var tensor = empty(entry.Shape, s_types[entry.Type].Type);
            using (NewDisposeScope())
                foreach (var part in Pieces.Of(tensor, piece))
                    stream.ReadExactly(part.bytes);
            tensors.Add(entry.Name, tensor);
        }
        return (tensors, metadata);
    }

    /// <summary>The position of a dtype among those of the format.</summary>
    /// <exception cref="NotSupportedException">The format has no name for it.</exception>
    internal static int CheckHas(string name, ScalarType dtype) => Array.FindIndex(s_types, type => type.Type == dtype) is >= 0 and var position
        ? position
        : throw new NotSupportedException($"The tensor '{name}' has the dtype {dtype}, which the safetensors format does not have.");

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata)
                writer.WriteString(key, value);
            writer.WriteEndObject();
            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                var type = CheckHas(name, tensor.dtype);
                var end = offset + tensor.numel() * s_types[type].Size;
                writer.WriteStartObject(name);
                writer.WriteString("dtype", s_types[type].Name);
                WriteNumbers(writer, "shape", tensor.Sizes());
                WriteNumbers(writer, "data_offsets", [offset, end]);
                writer.WriteEndObject();
                offset = end;
            }
            writer.WriteEndObject();
        }
        // The first tensor starts at a multiple of eight bytes: readers map the file into memory.
        while (memory.Length % 8 != 0)
            memory.WriteByte((byte)' ');
        return memory.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, long[] numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static (List<Entry> Entries, Dictionary<string, string> Metadata) Parse(byte[] header, long room)
    {
        var entries = new List<Entry>();
        var metadata = new Dictionary<string, string>();
        var names = new HashSet<string>();
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name))
                    throw new InvalidDataException($"its header names '{property.Name}' twice");
                if (property.Name == MetadataKey)
                    foreach (var item in property.Value.EnumerateObject())
                        metadata[item.Name] = item.Value.GetString() ?? "";
                else
                    entries.Add(ParseEntry(property.Name, property.Value));
            }
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"its header is not that of the format ({failure.Message})", failure);
        }
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        var offset = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != offset)
                throw new InvalidDataException(
                    $"the tensor '{entry.Name}' starts at byte {entry.Begin} where {offset} was expected: ranges overlap, or leave something out");
            offset = entry.End;
        }
        if (offset != room)
            throw new InvalidDataException($"its tensors take {offset} bytes, and there are {room}: it is cut off, or something was added");
        return (entries, metadata);
    }

    private static Entry ParseEntry(string name, JsonElement element)
    {
        var dtype = element.GetProperty("dtype").GetString();
        var type = Array.FindIndex(s_types, type => type.Name == dtype);
        if (type < 0)
            throw new InvalidDataException($"the tensor '{name}' has the dtype '{dtype}', which is not known here");
        var shape = element.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
        var offsets = element.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64()).ToArray();
        if (offsets is not [>= 0, _] || offsets[1] < offsets[0] || shape.Length > 64)
            throw new InvalidDataException($"the tensor '{name}' has no range of bytes");
        // Strides are counted as if there were an element, also where there is none.
        var bytes = (Int128)s_types[type].Size;
        foreach (var size in shape)
        {
            bytes *= Math.Max(size, 1);
            if (size < 0 || bytes > long.MaxValue)
                throw new InvalidDataException($"the tensor '{name}' has the shape {Shapes.Format(shape)}");
        }
        if (shape.Contains(0))
            bytes = 0;
        if (bytes != offsets[1] - offsets[0])
            throw new InvalidDataException(
                $"the tensor '{name}' of shape {Shapes.Format(shape)} and dtype {dtype} takes {bytes} bytes, and its range has {offsets[1] - offsets[0]}");
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private readonly record struct Entry(string Name, int Type, long[] Shape, long Begin, long End);
}
