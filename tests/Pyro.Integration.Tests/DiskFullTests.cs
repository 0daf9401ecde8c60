using System.Diagnostics;
using Pyro.Distributions;
using Pyro.Infer;
using Pyro.Optim;
using Pyro.Params;
using Pyro.Programs;
using static Pyro.Primitives;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>A real disk that is full: a file system in memory of a megabyte, which only root may mount.</summary>
public sealed class DiskFullTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("full").FullName;
    private readonly bool _mounted;

    public DiskFullTests() => _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _disk);

    public void Dispose()
    {
        if (_mounted)
            Run("umount", _disk);
        Directory.Delete(_disk);
    }

    [Test]
    public void What_was_saved_before_stays()
    {
        if (!_mounted)
            Assert.Ignore("mounting a file system for the test takes root on Linux");
        var context = new RunContext(new ParamStore(), seed: 1);
        var svi = new SVI<Unit>(
            DynamicProgram.Of(() => Sample("x", new Normal(zeros(20_000), 1)), "model"),
            DynamicProgram.Of(() => Sample("x", new Normal(Param("at", () => zeros(20_000)), 1)), "guide"),
            new Adam(), new ELBO(), context);
        svi.Step(default);
        var (checkpoint, store) = (Path.Combine(_disk, "run.safetensors"), Path.Combine(_disk, "params.safetensors"));
        svi.SaveCheckpoint(checkpoint);
        context.Store.Save(store);
        var before = (Checkpoint: File.ReadAllBytes(checkpoint), Store: File.ReadAllBytes(store));

        var rest = Path.Combine(_disk, "rest");
        Assert.Throws<IOException>(() => File.WriteAllBytes(rest, new byte[2 << 20]));
        svi.Step(default);
        Assert.Throws<IOException>(() => svi.SaveCheckpoint(checkpoint));
        Assert.Throws<IOException>(() => context.Store.Save(store));
        Assert.Throws<IOException>(() => svi.Run(default, 5, new RunOptions { Checkpoint = checkpoint, CheckpointEvery = 1 }));
        Assert.That(File.ReadAllBytes(checkpoint), Is.EqualTo(before.Checkpoint));
        Assert.That(File.ReadAllBytes(store), Is.EqualTo(before.Store));
        Assert.That(Directory.EnumerateFileSystemEntries(_disk).Select(Path.GetFileName).Order(), Is.EqualTo(["params.safetensors", "rest", "run.safetensors"]));

        // With room again, the run goes on from what was saved.
        File.Delete(rest);
        svi.Run(default, 5, new RunOptions { Checkpoint = checkpoint });
        Assert.That(svi.Steps, Is.EqualTo(5));
        Assert.That(File.ReadAllBytes(checkpoint), Is.Not.EqualTo(before.Checkpoint));
    }

    private static bool Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
