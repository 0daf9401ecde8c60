using System.Runtime.CompilerServices;
using Pyro.Testing;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>What is generated from the samples, whole.</summary>
public class SampleTests
{
    [TestCase("CoinFlip")]
    [TestCase("EightSchools")]
    public void A_sample_is_compiled_to_readable_programs(string sample)
    {
        var files = GeneratorHarness.Generate(new ModelGenerator(), [TrackingNames.Models, TrackingNames.Guides], ($"{sample}.cs", Source(sample)));
        Assert.That(files.Keys.Order(), Is.EqualTo([$"ProbCompiler.Samples.{sample}.Guide.g.cs", $"ProbCompiler.Samples.{sample}.Model.g.cs"]));
        foreach (var (name, text) in files)
            Snapshot.Verify(text, name.Replace(".g.cs", ""), "cs");
    }

    private static string Source(string sample, [CallerFilePath] string path = "") => "global using System;\n" +
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, $"../../samples/{sample}/{sample}.cs"));
}
