namespace Pyro.Build.Tests;

public class ElfVersionNeedsTests
{
    private const string Version = "GLIBCXX_3.4.32";

    [Test]
    public void MarkWeak_OfTorchSharpsLibrary_ChangesOneFlag()
    {
        var original = File.ReadAllBytes(Files.TorchSharp);
        var marked = original.ToArray();

        Assert.That(ElfVersionNeeds.MarkWeak(marked, Version));

        var changed = Enumerable.Range(0, original.Length).Where(i => marked[i] != original[i]).ToList();
        Assert.That(changed, Has.Count.EqualTo(1));
        Assert.That((original[changed[0]], marked[changed[0]]), Is.EqualTo(((byte)0, (byte)2)));
        Assert.That(ElfVersionNeeds.MarkWeak(marked, Version), Is.False);
    }

    [TestCase("GLIBCXX_9.9.9")]
    [TestCase("GLIBCXX_3.4.3")]     // the beginning of one that is there
    [TestCase("")]
    public void MarkWeak_OfVersionThatIsNotNeeded_ChangesNothing(string version)
    {
        var original = File.ReadAllBytes(Files.TorchSharp);
        var file = original.ToArray();

        Assert.That(ElfVersionNeeds.MarkWeak(file, version), Is.False);
        Assert.That(original.AsSpan().SequenceEqual(file));
    }

    [Test]
    public void MarkWeak_OfSeveralLibraries_MarksEachNeedOfTheVersion()
    {
        var file = Files.Elf(["A_1", "B_2"], ["B_2"], ["C_3", "B_2", "A_1"]);

        Assert.That(ElfVersionNeeds.MarkWeak(file, "B_2"));
        Assert.That(Files.Needs(file), Is.EqualTo(["A_1", "*B_2", "*B_2", "C_3", "*B_2", "A_1"]));
    }

    [Test]
    public void MarkWeak_OfFileWithoutNeeds_ChangesNothing() => Assert.That(ElfVersionNeeds.MarkWeak(Files.Elf(), "A_1"), Is.False);

    [TestCase(0, 0x4d)]    // another format
    [TestCase(4, 1)]       // 32-bit
    [TestCase(5, 2)]       // big-endian
    public void MarkWeak_OfForeignFile_SaysThatItIsNoSuchFile(int at, byte value)
    {
        var file = Files.Elf(["A_1"]);
        file[at] = value;

        Assert.That(() => ElfVersionNeeds.MarkWeak(file, "A_1"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("not a 64-bit little-endian ELF file"));
    }

    [Test]
    public void MarkWeak_OfTruncatedFile_EndsOrSaysThatItIsDamaged()
    {
        var file = Files.Elf(["A_1", "B_2"], ["C_3"]);
        for (var length = 0; length < file.Length; length++)
            EndsOrIsRefused(file[..length]);

        var library = File.ReadAllBytes(Files.TorchSharp);
        for (var length = 1; length < library.Length; length += library.Length / 50)
            EndsOrIsRefused(library[..length]);
    }

    [Test]
    public void MarkWeak_OfFileWithRandomBytes_EndsOrSaysThatItIsDamaged()
    {
        var random = new Random(1);
        var file = Files.Elf(["A_1", "B_2"], ["C_3"]);
        for (var round = 0; round < 100_000; round++)
        {
            var damaged = file.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
                damaged[random.Next(6, damaged.Length)] = (byte)random.Next(256);
            EndsOrIsRefused(damaged);
        }
    }

    // The offset of the next record turns back to the record before it.
    [TestCase(0)]
    [TestCase(16)]
    public void MarkWeak_OfListThatTurnsBack_IsRefused(int record)
    {
        var file = Files.Elf(["A_1", "B_2"]);
        BitConverter.TryWriteBytes(file.AsSpan(Files.FirstNeed + record + 12), -16);

        Assert.That(() => ElfVersionNeeds.MarkWeak(file, "A_1"), Throws.TypeOf<InvalidDataException>());
    }

    // Every record is the first of the versions of every library before it: as many steps as the square of the file's length.
    [Test]
    public void MarkWeak_OfListsThatOverlap_IsRefusedSoon()
    {
        var file = Files.Elf([.. Enumerable.Repeat("A_1", 100_000)]);
        for (var at = Files.FirstNeed; at < Files.FirstNeed + 1_600_000; at += 4)
            BitConverter.TryWriteBytes(file.AsSpan(at), 4);

        Assert.That(() => ElfVersionNeeds.MarkWeak(file, "A_1"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("does not end"));
    }

    private static void EndsOrIsRefused(byte[] file)
    {
        try
        {
            ElfVersionNeeds.MarkWeak(file, "A_1");
        }
        catch (InvalidDataException)
        {
        }
    }
}
