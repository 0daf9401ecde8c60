using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pyro.Testing.Generation;

/// <summary>
/// Runs a generator as the compiler does, and holds every run to the rules: the output compiles, a second run over an unrelated edit takes everything
/// from the cache, and nothing that Roslyn owns is kept in the pipeline.
/// </summary>
public static class GeneratorHarness
{
    /// <summary>What a file of programs opens with.</summary>
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Pyro;
        using Pyro.Distributions;
        using static Pyro.Primitives;
        using static TorchSharp.torch;

        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp13);

    /// <summary>The generated files by name, for sources that compile with them.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="steps">The names of the steps that must be cached after an unrelated edit.</param>
    /// <param name="sources">The user's files, by path.</param>
    public static IReadOnlyDictionary<string, string> Generate(IIncrementalGenerator generator, string[] steps, params (string Path, string Text)[] sources) =>
        Generate(generator, steps, explain: false, sources);

    /// <summary>The generated files by name, for sources that compile with them.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="steps">The names of the steps that must be cached after an unrelated edit.</param>
    /// <param name="explain">Whether the project asks for explanations.</param>
    /// <param name="sources">The user's files, by path.</param>
    public static IReadOnlyDictionary<string, string> Generate(
        IIncrementalGenerator generator, string[] steps, bool explain, params (string Path, string Text)[] sources)
    {
        var compilation = Compile(sources);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Options,
            optionsProvider: new Properties(("ProbCompilerExplain", explain ? "true" : "false")),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        var problems = generated.GetDiagnostics().Where(problem => problem.Severity >= DiagnosticSeverity.Warning).Concat(diagnostics).ToList();
        if (problems.Count > 0)
            throw new InvalidOperationException("The generated code does not compile cleanly:\n" + string.Join("\n", problems));

        var first = driver.GetRunResult().Results.Single();
        foreach (var step in steps.Where(first.TrackedSteps.ContainsKey))
            foreach (var (value, _) in first.TrackedSteps[step].SelectMany(run => run.Outputs))
                RefuseRoslynObjects(value, step, []);

        var edited = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Unrelated { }", Options, "Unrelated.cs"));
        var second = driver.RunGenerators(edited).GetRunResult().Results.Single();
        foreach (var (name, runs) in second.TrackedOutputSteps.Concat(second.TrackedSteps.Where(step => steps.Contains(step.Key))))
            foreach (var (_, reason) in runs.SelectMany(run => run.Outputs))
                if (reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
                    throw new InvalidOperationException($"The step {name} ran again after an unrelated edit: {reason}.");
        return first.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    /// <summary>A reference to a library with what the generator adds to it.</summary>
    /// <param name="generator">The generator; null for a library that was built without one.</param>
    /// <param name="name">The name of its assembly.</param>
    /// <param name="text">Its one file, without usings.</param>
    /// <param name="references">What it references beside the runtime and the framework.</param>
    public static MetadataReference Library(IIncrementalGenerator? generator, string name, string text, params MetadataReference[] references) =>
        MetadataReference.CreateFromImage(Image(generator, name, text, references));

    /// <summary>The image of an assembly with what the generator adds to it.</summary>
    /// <param name="generator">The generator; null for none.</param>
    /// <param name="name">The name of the assembly.</param>
    /// <param name="text">Its one file, without usings.</param>
    /// <param name="references">What it references beside the runtime and the framework.</param>
    public static byte[] Image(IIncrementalGenerator? generator, string name, string text, params MetadataReference[] references)
    {
        using var image = new MemoryStream();
        var written = With(generator, Compile((name + ".cs", Usings + text)).WithAssemblyName(name).AddReferences(references)).Emit(image);
        return written.Success ? image.ToArray() : throw new InvalidOperationException($"{name} does not compile:\n" + string.Join("\n", written.Diagnostics));
    }

    /// <summary>A compilation with what the generator adds to it, which compiles without warnings.</summary>
    /// <param name="generator">The generator; null for none.</param>
    /// <param name="compilation">The compilation of the user's files.</param>
    public static Compilation With(IIncrementalGenerator? generator, Compilation compilation)
    {
        if (generator is not null)
            CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: Options)
                .RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _);
        var problems = compilation.GetDiagnostics().Where(problem => problem.Severity >= DiagnosticSeverity.Warning).ToList();
        return problems.Count == 0 ? compilation : throw new InvalidOperationException("The code does not compile cleanly:\n" + string.Join("\n", problems));
    }

    /// <summary>A compilation of the sources with the runtime and the framework.</summary>
    public static CSharpCompilation Compile(params (string Path, string Text)[] sources) => CSharpCompilation.Create(
        "Programs",
        sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, Options, source.Path)),
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        // CS1701 (a reference was built against an older .NET) is off in every project of the SDK.
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]));

    private static void RefuseRoslynObjects(object? value, string step, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        if (value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location)
            throw new InvalidOperationException($"The step {step} keeps a {value.GetType().Name}, which keeps a whole compilation alive.");
        if (value is IEnumerable items)
            foreach (var item in items)
                RefuseRoslynObjects(item, step, seen);
        for (var type = value.GetType(); type is not null; type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                RefuseRoslynObjects(field.GetValue(value), step, seen);
    }
}
