using System.Buffers.Binary;
using System.Text;

namespace Pyro.Build;

/// <summary>
/// The versions that a shared object of ELF needs of its libraries: section SHT_GNU_verneed, a list of libraries, each with a list of versions
/// (Linux Standard Base, "Symbol versioning"). Read and written in place; 64-bit little-endian files alone.
/// </summary>
public static class ElfVersionNeeds
{
    private const int NeedsSection = 0x6ffffffe;
    private const ushort Weak = 2;

    /// <summary>Sets the flag VER_FLG_WEAK on each need of a version: the loader then goes on without it.</summary>
    /// <param name="file">The bytes of the file, which are changed.</param>
    /// <param name="version">The version, such as GLIBCXX_3.4.32.</param>
    /// <returns>Whether a need was marked; false where there is none, or where all are marked already.</returns>
    /// <exception cref="InvalidDataException">The file is not a 64-bit little-endian ELF file, or it is damaged.</exception>
    public static bool MarkWeak(byte[] file, string version)
    {
        try
        {
            return MarkWeak(file.AsSpan(), Encoding.ASCII.GetBytes(version + "\0"));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("The file is damaged: a section of it lies outside of it.");
        }
    }

    private static bool MarkWeak(Span<byte> file, ReadOnlySpan<byte> name)
    {
        ReadOnlySpan<byte> elf64LittleEndian = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (!file.StartsWith(elf64LittleEndian))
            throw new InvalidDataException("The file is not a 64-bit little-endian ELF file.");
        var sections = Long(file, 0x28);
        int entrySize = Short(file, 0x3A), count = Short(file, 0x3C);
        var changed = false;
        for (var i = 0; i < count; i++)
        {
            var section = file.Slice(sections + i * entrySize);
            if (Int(section, 4) != NeedsSection)
                continue;
            var names = Long(file, sections + Int(section, 0x28) * entrySize + 0x18);
            changed |= MarkWeak(file, Long(section, 0x18), names, name);
        }
        return changed;
    }

    // Each library's record says where its first version's is and where the next library's; each version's, where the next version's.
    private static bool MarkWeak(Span<byte> file, int need, int names, ReadOnlySpan<byte> name)
    {
        var changed = false;
        for (var next = 1; next != 0; need += next)
        {
            next = Int(file, need + 12);
            var version = need + Int(file, need + 8);
            for (var after = 1; after != 0; version += after)
            {
                after = Int(file, version + 12);
                var flags = file.Slice(version + 4, 2);
                if (!file.Slice(names + Int(file, version + 8)).StartsWith(name) || (Short(flags, 0) & Weak) != 0)
                    continue;
                BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(Short(flags, 0) | Weak));
                changed = true;
            }
        }
        return changed;
    }

    private static int Long(ReadOnlySpan<byte> file, int at) => checked((int)BinaryPrimitives.ReadInt64LittleEndian(file.Slice(at)));

    private static int Int(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadInt32LittleEndian(file.Slice(at));

    private static ushort Short(ReadOnlySpan<byte> file, int at) => BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(at));
}
