using System.Runtime.CompilerServices;
using Pyro.Testing;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>What is generated from the corpus of model programs, whole: a snapshot for each of its namespaces.</summary>
public class CorpusTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> _generated = new(Generate);

    public static IEnumerable<string> Spaces() => _generated.Value.Keys.Select(name => name.Split('.')[2]).Distinct();

    [TestCaseSource(nameof(Spaces))]
    public void Programs_are_compiled_to_readable_code(string space)
    {
        var files = _generated.Value.Where(file => file.Key.StartsWith($"Pyro.Corpus.{space}.", StringComparison.Ordinal)).OrderBy(file => file.Key, StringComparer.Ordinal).ToList();
        Assert.That(files, Is.Not.Empty);
        Snapshot.Verify(string.Concat(files.Select(file => $"// {file.Key}\n{file.Value}\n")), space, "cs");
    }

    private static IReadOnlyDictionary<string, string> Generate()
    {
        const string usings =
            """
            global using System;
            global using System.Collections.Generic;
            global using System.Linq;
            global using Pyro;
            global using Pyro.Distributions;
            global using static Pyro.Primitives;
            global using static TorchSharp.torch;
            """;
        return GeneratorHarness.Generate(new ModelGenerator(), [TrackingNames.Models, TrackingNames.Guides], explain: true,
            [("Usings.cs", usings), .. Directory.EnumerateFiles(Corpus(), "*.cs").Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllText(path)))]);
    }

    private static string Corpus([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../Pyro.Corpus");
}
