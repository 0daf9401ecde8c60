using System.Diagnostics;
using Pyro.Files;

namespace Pyro.Runtime.Tests.Files;

/// <summary>What is written beside a file, what is deleted there, and what the file keeps.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atomic").FullName;

    private string Path => In("run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => System.IO.Path.Combine(_folder, name);

    private static void Put(string path, byte content) => AtomicFile.Write(path, stream => stream.WriteByte(content));

    [Test]
    public void AFileThatIsBeingWrittenIsLeftAlone()
    {
        // Under the name that is cleaned up, and under one that begins with it.
        foreach (var path in new[] { Path, In("run.b") })
        {
            AtomicFile.Write(path, stream =>
            {
                stream.WriteByte(1);
                AtomicFile.DeleteParts(Path);
            });
            Assert.That(File.ReadAllBytes(path), Is.EqualTo([1]));
        }
    }

    [Test]
    public void OnlyWhatADeadProcessLeftOfThisFileIsDeleted()
    {
        using var ended = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, "--help") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        ended.StandardOutput.ReadToEnd();
        ended.WaitForExit();
        var identifier = $"{Guid.NewGuid():N}";
        string[] stay =
        [
            "run.mine.part", $"run.other.{ended.Id}.{identifier}.part", $"run.{ended.Id}.abc.part", $"run.+{ended.Id}.{identifier}.part", $"Run.{ended.Id}.{identifier}.part",
            $"run.{ended.Id}.{identifier}.x.part", $"run.{ended.Id}.{identifier}", $"run{ended.Id}.{identifier}.part", $"run.{Environment.ProcessId}.{identifier}.part", "run.part",
        ];
        var part = $"run.{ended.Id}.{identifier}.part";
        foreach (var name in stay.Append(part))
            File.WriteAllText(In(name), "half");
        // Neither of them is a pattern.
        AtomicFile.DeleteParts(In("*"));
        AtomicFile.DeleteParts(In("r?n"));
        Assert.That(File.Exists(In(part)), Is.True);
        AtomicFile.DeleteParts(Path);
        Assert.That(Directory.GetFiles(_folder).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo(stay.Order(StringComparer.Ordinal)));
    }

    [Test]
    public void ANumberThatIsGivenAgainIsNoLivingWriter()
    {
        // In a container the process that is started after the one that was killed has its number.
        var part = $"{Path}.{Environment.ProcessId}.{Guid.NewGuid():N}.part";
        File.WriteAllText(part, "half");
        using (var self = Process.GetCurrentProcess())
            File.SetLastWriteTimeUtc(part, self.StartTime.ToUniversalTime() - TimeSpan.FromHours(1));
        // What somebody has open is somebody's all the same, as in another container.
        using (new FileStream(part, FileMode.Open, FileAccess.Write, FileShare.None))
            AtomicFile.DeleteParts(Path);
        Assert.That(File.Exists(part), Is.True);
        AtomicFile.DeleteParts(Path);
        Assert.That(File.Exists(part), Is.False);
    }

    [Test]
    public void WhatALinkLeadsToIsWritten()
    {
        Directory.CreateDirectory(In("disk"));
        Put(In("disk/real"), 1);
        File.CreateSymbolicLink(In("middle"), "disk/real");
        File.CreateSymbolicLink(Path, In("middle"));
        var part = $"{In("disk/real")}.{int.MaxValue}.{Guid.NewGuid():N}.part";
        File.WriteAllText(part, "half");
        AtomicFile.DeleteParts(Path);
        Put(Path, 9);
        Assert.That(File.ReadAllBytes(In("disk/real")), Is.EqualTo([9]));
        Assert.That(new FileInfo(In("middle")).LinkTarget, Is.EqualTo("disk/real"));
        Assert.That(new FileInfo(Path).LinkTarget, Is.Not.Null);
        Assert.That(File.Exists(part), Is.False);
    }

    [Test]
    public void AFileKeepsWhoMayReadIt()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Put(Path, 1);
        File.SetUnixFileMode(Path, own);
        Put(Path, 2);
        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(own));
    }
}
