using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler.Tests.Corpus;
using Pyro.Generators;

namespace Pyro.Compiler.Tests.Fuzz;

/// <summary>
/// Random programs: the generator takes every one, what it writes compiles, the compiled and the plain run agree, and no edge is missing.
/// PYRO_FUZZ sets how many there are (continuous integration takes 5,000), PYRO_FUZZ_SEED where they start.
/// </summary>
public class FuzzTests
{
    private const int Together = 125;

    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("PYRO_FUZZ") ?? "500", null);

    private static readonly int First = int.Parse(Environment.GetEnvironmentVariable("PYRO_FUZZ_SEED") ?? "0", null);

    private const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using Pyro;
        using Pyro.Distributions;
        using static Pyro.Primitives;
        using static TorchSharp.torch;

        """;

    [Test]
    public void Random_programs_compile_agree_and_have_no_edge_missing()
    {
        var cancellation = TestContext.CurrentContext.CancellationToken;
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)).ToArray<MetadataReference>();
        Parallel.For(0, (Count + Together - 1) / Together, batch => Hold(First + (batch * Together), options, references, cancellation));
    }

    private static void Hold(int start, CSharpParseOptions options, IReadOnlyList<MetadataReference> references, CancellationToken cancellation)
    {
        var trees = Enumerable.Range(start, Math.Min(Together, First + Count - start))
            .Select(seed => CSharpSyntaxTree.ParseText(Usings + ProgramWriter.Write(seed), options, $"Fuzz{seed}.cs", cancellationToken: cancellation));
        var compilation = CSharpCompilation.Create($"Fuzz{start}", trees, references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var problems, cancellation);
        Assert.That(problems, Is.Empty);

        using var image = new MemoryStream();
        var emitted = generated.Emit(image, cancellationToken: cancellation);
        Assert.That(emitted.Success, Is.True, string.Join("\n", emitted.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error).Take(5)));
        image.Position = 0;
        var context = new AssemblyLoadContext($"Fuzz{start}", isCollectible: true);
        foreach (var (name, program) in CorpusProgram.In(context.LoadFromStream(image)))
            Hold(name, program);
        context.Unload();
    }

    private static void Hold(string name, CorpusProgram program)
    {
        try
        {
            program.Accept(new AgreementTests.Comparison(seeds: 1));
            program.Accept(new PerturbationTests.Shaking(seeds: 1, values: 1));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{ProgramWriter.Write(int.Parse(name.Split("Fuzz")[^1], null))}", failure);
        }
    }
}
