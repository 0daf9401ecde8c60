using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Pyro.Files;

/// <summary>
/// What one of our files holds: tensors by key, and lists of entries that say which belong to what. The lists stand in the metadata of the safetensors format,
/// with the version and the kind of the file.
/// </summary>
/// <param name="kind">The kind of file: "params", "optimizer", "checkpoint".</param>
internal sealed class TensorArchive(string kind)
{
    private const string Version = "1";
    private const string KindKey = "pyro.kind";
    private const string VersionKey = "pyro.version";

    private readonly Dictionary<string, Tensor> _tensors = [];
    private readonly List<string> _order = [];
    private readonly HashSet<string> _taken = [];
    private Dictionary<string, string> _metadata = new() { [KindKey] = kind, [VersionKey] = Version };
    private bool _isRead;

    /// <summary>Where it comes from or goes to, for messages.</summary>
    public string Place { get; init; } = "";

    /// <summary>A tensor by its key.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public Tensor this[string key] => _tensors.TryGetValue(key, out var tensor) ? tensor : throw Refused($"it has no tensor '{key}', which it speaks of");

    /// <summary>A tensor that becomes somebody's own, and so is nobody else's.</summary>
    /// <exception cref="InvalidDataException">There is none, or it is somebody's already.</exception>
    public Tensor Take(string key) => _taken.Add(key) ? this[key] : throw Refused($"two of its entries share the tensor '{key}'");

    /// <summary>Adds a tensor.</summary>
    /// <param name="wanted">The key that is wanted.</param>
    /// <param name="tensor">The tensor.</param>
    /// <returns>The key that it has: another one where that is taken.</returns>
    public string Add(string wanted, Tensor tensor)
    {
        var key = wanted.Length == 0 || wanted.StartsWith("__", StringComparison.Ordinal) ? "_." + wanted : wanted;
        while (!_tensors.TryAdd(key, tensor))
            key += "_";
        _order.Add(key);
        return key;
    }

    /// <summary>Adds a list.</summary>
    public void AddList<T>(string name, IEnumerable<T> items, Action<EntryWriter, T> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartArray();
            foreach (var item in items)
            {
                writer.WriteStartObject();
                write(new EntryWriter(writer), item);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        _metadata[$"pyro.{name}"] = System.Text.Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>Whether there is a list of this name.</summary>
    public bool Has(string name) => _metadata.ContainsKey($"pyro.{name}");

    /// <summary>The entries of a list.</summary>
    /// <exception cref="InvalidDataException">There is no such list, or it is none.</exception>
    public List<EntryReader> List(string name)
    {
        if (!_metadata.TryGetValue($"pyro.{name}", out var text))
            throw Refused($"it has no list '{name}'");
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8 });
            return [.. document.RootElement.EnumerateArray().Select(entry => new EntryReader(this, entry.Clone()))];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw Refused($"its list '{name}' cannot be read ({failure.Message})");
        }
    }

    /// <summary>Writes the file: beside the one that is meant, then renamed.</summary>
    public void Save(string path) => AtomicFile.Write(path, Write);

    /// <summary>Writes the content.</summary>
    public void Write(Stream stream)
    {
        using var noGrad = no_grad();
        SafeTensors.Write(stream, [.. _order.Select(key => KeyValuePair.Create(key, _tensors[key]))], _metadata);
    }

    /// <summary>Reads a file into the present dispose scope.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is not of this kind and version.</exception>
    public static TensorArchive Load(string path, string kind)
    {
        using var stream = File.OpenRead(path);
        return Read(stream, kind, path);
    }

    /// <summary>Reads a stream into the present dispose scope.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or is not of this kind and version.</exception>
    public static TensorArchive Read(Stream stream, string kind, string name)
    {
        var archive = new TensorArchive(kind) { Place = name, _isRead = true };
        Dictionary<string, Tensor> tensors;
        try
        {
            (tensors, archive._metadata) = SafeTensors.Read(stream);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw archive.Refused(failure.Message);
        }
        foreach (var (key, tensor) in tensors)
            archive._tensors.Add(key, tensor);
        if (archive._metadata.GetValueOrDefault(KindKey) is not { } found)
            throw archive.Refused("it is a safetensors file of something else: its metadata do not say that it holds parameters");
        if (found != kind)
            throw archive.Refused($"it holds a {found}, and a {kind} was asked for");
        if (archive._metadata.GetValueOrDefault(VersionKey) is var version && version != Version)
            throw archive.Refused($"it has version {version}, and this program reads version {Version}");
        return archive;
    }

    /// <summary>
    /// What is thrown for an archive that cannot be taken. One that is about to be written is looked at as one that was read, so that no file is written which would
    /// be refused.
    /// </summary>
    public Exception Refused(string why) => _isRead
        ? new InvalidDataException($"The file '{Place}' was not loaded: {why}. Nothing was changed.")
        : new ModelException(null, $"The file '{Place}' was not written, because it could not be loaded again: {why}. What was there is as it was.");

    /// <summary>Writes an entry of a list.</summary>
    public readonly struct EntryWriter(Utf8JsonWriter writer)
    {
        public void Text(string name, string value) => writer.WriteString(name, Checked(value));

        public void Truth(string name, bool value) => writer.WriteBoolean(name, value);

        public void Number(string name, long value) => writer.WriteNumber(name, value);

        // As text, so that no digit is lost and infinities have a name.
        public void Real(string name, double value) => writer.WriteString(name, value.ToString("R", CultureInfo.InvariantCulture));

        public void Texts(string name, IEnumerable<string> values)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
                writer.WriteStringValue(Checked(value));
            writer.WriteEndArray();
        }

        private static string Checked(string text) => FileText.ComesBack(text) ? text : throw new ModelException(null,
            $"The text '{text}' has half of a pair of surrogates in it, which no file can hold. Nothing was written: give it another name.");
    }

    /// <summary>Reads an entry of a list.</summary>
    public readonly struct EntryReader(TensorArchive archive, JsonElement element)
    {
        public bool Has(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out _);

        public string Text(string name) => String(Get(name, JsonValueKind.String), name);

        public long Number(string name) => Get(name, JsonValueKind.Number).TryGetInt64(out var number) ? number : throw archive.Refused($"'{name}' is no whole number");

        public bool Truth(string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw archive.Refused($"'{name}' is neither true nor false");

        public double Real(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw archive.Refused($"'{name}' is no number");

        public string[] Texts(string name)
        {
            var reader = this;
            return [.. Get(name, JsonValueKind.Array).EnumerateArray().Select(item => reader.String(item, name))];
        }

        private string String(JsonElement item, string name)
        {
            try
            {
                if (item.ValueKind == JsonValueKind.String)
                    return item.GetString()!;
            }
            catch (InvalidOperationException)
            {
                // Half of a pair of surrogates.
            }
            throw archive.Refused($"'{name}' holds something that is no text");
        }

        private JsonElement Get(string name, JsonValueKind kind) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw archive.Refused($"an entry of its lists has no '{name}'");
    }
}
