using System.Reflection;
using System.Text;

namespace Pyro.Build.Tests;

/// <summary>Shared objects for the tests: TorchSharp's own, and small ones that say which versions they need.</summary>
internal static class Files
{
    private const int HeaderSize = 64, SectionSize = 64, RecordSize = 16;

    /// <summary>Where the records of the needs begin in a file of <see cref="Elf"/>.</summary>
    internal const int FirstNeed = HeaderSize + 3 * SectionSize;

    internal static string TorchSharp { get; } = Path.Combine(Metadata("TorchSharp"), "runtimes/linux-x64/native/libLibTorchSharp.so");

    internal static string Metadata(string key) =>
        typeof(Files).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    /// <summary>A file of three sections (none, the needs, their names); each argument is a library with the versions that are needed of it.</summary>
    internal static byte[] Elf(params string[][] libraries)
    {
        var names = new Dictionary<string, int>();
        var text = new StringBuilder("\0");
        foreach (var version in libraries.SelectMany(library => library).Distinct())
        {
            names[version] = text.Length;
            text.Append(version).Append('\0');
        }
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var needs = libraries.Sum(library => 1 + library.Length) * RecordSize;

        writer.Write([0x7f, .. "ELF"u8, 2, 1, 1]);
        stream.Position = 0x28;
        writer.Write((long)HeaderSize);
        stream.Position = 0x3A;
        writer.Write((short)SectionSize);
        writer.Write((short)(libraries.Length == 0 ? 1 : 3));
        Section(1, type: 0x6ffffffe, FirstNeed, link: 2);
        Section(2, type: 3, FirstNeed + needs, link: 0);

        stream.Position = FirstNeed;
        foreach (var (number, library) in libraries.Index())
        {
            Record(1, library.Length, RecordSize, number < libraries.Length - 1 ? (1 + library.Length) * RecordSize : 0);
            foreach (var (position, version) in library.Index())
                Record(0, 0, names[version], position < library.Length - 1 ? RecordSize : 0);
        }
        writer.Write(Encoding.ASCII.GetBytes(text.ToString()));
        return stream.ToArray();

        void Section(int number, int type, long offset, int link)
        {
            stream.Position = HeaderSize + number * SectionSize + 4;
            writer.Write(type);
            stream.Position += 16;
            writer.Write(offset);
            stream.Position += 8;
            writer.Write(link);
        }

        // A library: its record's version, its versions' count, their offset and the next library's; a version: its hash, flags, name and the next one's offset.
        void Record(int first, int second, int third, int next)
        {
            if (first == 1)
            {
                writer.Write((short)first);
                writer.Write((short)second);
                writer.Write(0);
            }
            else
            {
                writer.Write(0);
                writer.Write(second);
            }
            writer.Write(third);
            writer.Write(next);
        }
    }

    /// <summary>The versions of a file of <see cref="Elf"/> in their order, with a star where the need is weak.</summary>
    internal static IEnumerable<string> Needs(byte[] file)
    {
        var names = BitConverter.ToInt32(file, HeaderSize + 2 * SectionSize + 0x18);
        for (var at = FirstNeed; at < names; at += RecordSize)
        {
            if (BitConverter.ToInt16(file, at) == 1)
                continue;
            var name = names + BitConverter.ToInt32(file, at + 8);
            yield return (BitConverter.ToInt16(file, at + 4) == 2 ? "*" : "") + Encoding.ASCII.GetString(file, name, Array.IndexOf(file, (byte)0, name) - name);
        }
    }
}
