using System.Collections;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace Pyro.Build.Tests;

public class MarkVersionNeedWeakTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("build");

    private string Destination => Path.Combine(_folder.FullName, "obj", "torch", "libLibTorchSharp.so");

    public void Dispose() => _folder.Delete(recursive: true);

    [Test]
    public void Execute_WritesTheMarkedCopyAndLeavesTheSource()
    {
        var before = SHA256.HashData(File.ReadAllBytes(Files.TorchSharp));

        Assert.That(Errors(Files.TorchSharp), Is.Empty);

        var marked = File.ReadAllBytes(Files.TorchSharp);
        ElfVersionNeeds.MarkWeak(marked, "GLIBCXX_3.4.32");
        Assert.That(marked.AsSpan().SequenceEqual(File.ReadAllBytes(Destination)));
        Assert.That(SHA256.HashData(File.ReadAllBytes(Files.TorchSharp)), Is.EqualTo(before));
    }

    [Test]
    public void Execute_WhereACopyIs_LeavesIt()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Destination)!);
        File.WriteAllText(Destination, "another build's");

        Assert.That(Errors(Files.TorchSharp), Is.Empty);
        Assert.That(File.ReadAllText(Destination), Is.EqualTo("another build's"));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Destination)!), Has.Length.EqualTo(1));
    }

    [Test]
    public void Execute_OnManyThreads_WritesOneWholeCopy()
    {
        Assert.That(Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16).SelectMany(_ => Errors(Files.TorchSharp)), Is.Empty);

        Assert.That(Directory.GetFiles(Path.GetDirectoryName(Destination)!), Has.Length.EqualTo(1));
        Assert.That(new FileInfo(Destination).Length, Is.EqualTo(new FileInfo(Files.TorchSharp).Length));
    }

    [Test]
    public void Execute_OfMissingOrForeignSource_IsAnErrorThatNamesIt()
    {
        var foreign = Path.Combine(_folder.FullName, "foreign.so");
        File.WriteAllText(foreign, "MZ");

        Assert.That(Errors(foreign).Single(), Does.Contain("foreign.so").And.Contain("not a 64-bit little-endian ELF file"));
        Assert.That(Errors(Path.Combine(_folder.FullName, "missing.so")).Single(), Does.Contain("missing.so"));
        Assert.That(File.Exists(Destination), Is.False);
    }

    // What users are told to add is what this version was built with.
    [Test]
    public void Targets_NameTheVersionOfLibTorch()
    {
        var targets = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "ProbCompiler.targets"));
        Assert.That(targets.Descendants("_ProbCompilerLibTorchVersion").Single().Value, Is.EqualTo(Files.Metadata("LibTorchVersion")));
    }

    private List<string> Errors(string source)
    {
        var engine = new Engine();
        var task = new MarkVersionNeedWeak { BuildEngine = engine, Source = source, Destination = Destination, Version = "GLIBCXX_3.4.32" };
        Assert.That(task.Execute(), Is.EqualTo(engine.Errors.Count == 0));
        return engine.Errors;
    }

    private sealed class Engine : IBuildEngine
    {
        public List<string> Errors { get; } = [];

        public bool ContinueOnError => false;

        public int LineNumberOfTaskNode => 0;

        public int ColumnNumberOfTaskNode => 0;

        public string ProjectFileOfTaskNode => "";

        public bool BuildProjectFile(string project, string[] targets, IDictionary properties, IDictionary outputs) => throw new NotSupportedException();

        public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add(e.Message!);

        public void LogWarningEvent(BuildWarningEventArgs e) => Errors.Add(e.Message!);

        public void LogMessageEvent(BuildMessageEventArgs e)
        {
        }

        public void LogCustomEvent(CustomBuildEventArgs e)
        {
        }
    }
}
