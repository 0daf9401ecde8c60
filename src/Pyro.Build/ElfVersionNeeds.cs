using System.Buffers.Binary;
using System.Text;

namespace Pyro.Build;

/// <summary>
/// The versions that a shared object of ELF needs of its libraries: section SHT_GNU_verneed, a list of libraries, each with a list of versions
/// (Linux Standard Base, "Symbol Versioning"). Reads and writes 64-bit little-endian files in place.
/// </summary>
public static class ElfVersionNeeds
{
    private const uint NeedsSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>Sets the flag VER_FLG_WEAK on each need of a version: the dynamic loader then goes on where the version is missing.</summary>
    /// <param name="file">The bytes of the file, which are changed; where the file is damaged, in part.</param>
    /// <param name="version">The version, such as GLIBCXX_3.4.32.</param>
    /// <returns>Whether a need was marked; false where there is none, or where all are marked already.</returns>
    /// <exception cref="InvalidDataException">The file is not a 64-bit little-endian ELF file, or it is damaged.</exception>
    public static bool MarkWeak(byte[] file, string version)
    {
        ReadOnlySpan<byte> elf64LittleEndian = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1];
        if (!file.AsSpan().StartsWith(elf64LittleEndian))
            throw new InvalidDataException("The file is not a 64-bit little-endian ELF file.");
        try
        {
            return new Marker(file, version).MarkSections();
        }
        catch (Exception failure) when (failure is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("The file is damaged: an offset in it points outside of it.", failure);
        }
    }

    // Offsets are 64-bit numbers of the file: sums of them are checked, and slices refuse what lies outside.
    private sealed class Marker(byte[] file, string version)
    {
        private readonly byte[] _name = Encoding.ASCII.GetBytes(version + "\0");
        private int _records = file.Length / 16;    // no file has room for more: a list of more turns back on itself
        private bool _changed;

        internal bool MarkSections()
        {
            var sections = Long(0x28);
            int size = Short(0x3A), count = Short(0x3C);
            for (var i = 0; i < count; i++)
            {
                var section = checked(sections + i * size);
                if (Int(section + 4) == NeedsSection)
                    MarkLibraries(Long(section + 0x18), names: Long(checked(sections + Int(section + 0x28) * size + 0x18)));
            }
            return _changed;
        }

        // A library's record: the offset of its first version at 8, of the next library at 12, each from the record's start; 0 ends the list.
        private void MarkLibraries(long library, long names)
        {
            for (uint next = 1; next != 0; library += next)
            {
                next = Int(library + 12);
                MarkVersions(library + Int(library + 8), names);
            }
        }

        // A version's record: flags at 4, its name at 8, the offset of the next version at 12.
        private void MarkVersions(long need, long names)
        {
            for (uint next = 1; next != 0; need += next)
            {
                if (--_records < 0)
                    throw new InvalidDataException("The file is damaged: its list of needed versions does not end.");
                next = Int(need + 12);
                var flags = Short(need + 4);
                if (!At(names + Int(need + 8)).StartsWith(_name) || (flags & WeakFlag) != 0)
                    continue;
                BinaryPrimitives.WriteUInt16LittleEndian(At(need + 4), (ushort)(flags | WeakFlag));
                _changed = true;
            }
        }

        private Span<byte> At(long offset) => file.AsSpan(checked((int)offset));

        private long Long(long offset) => BinaryPrimitives.ReadInt64LittleEndian(At(offset));

        private uint Int(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(At(offset));

        private ushort Short(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(At(offset));
    }
}
