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

    [Fact]
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
            Assert.Equal([1], File.ReadAllBytes(path));
        }
    }

    [Fact]
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
        Assert.True(File.Exists(In(part)));
        AtomicFile.DeleteParts(Path);
        Assert.Equal(stay.Order(StringComparer.Ordinal), Directory.GetFiles(_folder).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
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
        Assert.True(File.Exists(part));
        AtomicFile.DeleteParts(Path);
        Assert.False(File.Exists(part));
    }

    [Fact]
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
        Assert.Equal([9], File.ReadAllBytes(In("disk/real")));
        Assert.Equal("disk/real", new FileInfo(In("middle")).LinkTarget);
        Assert.NotNull(new FileInfo(Path).LinkTarget);
        Assert.False(File.Exists(part));
    }

    [Fact]
    public void AFileKeepsWhoMayReadIt()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Put(Path, 1);
        File.SetUnixFileMode(Path, own);
        Put(Path, 2);
        Assert.Equal(own, File.GetUnixFileMode(Path));
    }
}
