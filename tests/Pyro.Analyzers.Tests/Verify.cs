using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.CodeFixes;
using Pyro.Generators;
using Pyro.Testing.Diagnostics;

namespace Pyro.Analyzers.Tests;

/// <summary>All analyzers and fixes of the product, over sources that see the runtime as a user's project does.</summary>
internal static class Verify
{
    /// <summary>What a user's file begins with.</summary>
    public const string Usings =
        """
        global using Pyro;
        global using Pyro.Distributions;
        global using TorchSharp;
        global using static Pyro.Primitives;
        global using static TorchSharp.torch;
        """;

    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } = All<DiagnosticAnalyzer>(typeof(DeclarationAnalyzer));

    public static IReadOnlyList<DocumentFix> Fixes { get; } = All<DocumentFix>(typeof(MakePartialFix));

    // What a few lines that are about something else have nearly always: helpers without a mark, values that nothing is made of, guides of a coin.
    private static readonly string[] _aside = ["PYRO003", "PYRO040", "PYRO060", "PYRO071"];

    private static DiagnosticsHarness Harness { get; } = Create(_aside);

    private static DiagnosticsHarness Strict { get; } = Create([]);

    public static Task Diagnostics(params string[] sources) => Harness.Expect(sources);

    /// <summary>The source, which sees libraries, has exactly the marked diagnostics.</summary>
    public static Task Diagnostics(IEnumerable<MetadataReference> libraries, string source) => Harness.With(libraries).Expect(source);

    /// <summary>The message of the one diagnostic of a source that sees libraries.</summary>
    public static async Task<string> Message(IEnumerable<MetadataReference> libraries, string source) =>
        (await Harness.With(libraries).Expect(source)).Single().GetMessage();

    /// <summary>The sources have exactly the marked diagnostics, even of the ids that few lines have nearly always.</summary>
    public static Task Exactly(params string[] sources) => Strict.Expect(sources);

    public static async Task<string> Message(string source) => (await Harness.Expect(source)).Single().GetMessage();

    /// <summary>Ids and lines (from 0) of what is said about a source without marks.</summary>
    /// <param name="source">The source.</param>
    /// <param name="id">The id that it is about.</param>
    public static async Task<IEnumerable<(string Id, int Line)>> Lines(string source, string id) =>
        (await Harness.Diagnose(source)).Where(diagnostic => diagnostic.Id == id || !_aside.Contains(diagnostic.Id)).Select(diagnostic => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line));

    /// <summary>What is said of an id about a source without marks under an .editorconfig.</summary>
    public static async Task<IEnumerable<DiagnosticSeverity>> Severities(string source, string id, string? editorConfig = null) =>
        (await Strict.DiagnoseUnder(editorConfig, source)).Where(diagnostic => diagnostic.Id == id).Select(diagnostic => diagnostic.Severity);

    /// <summary>What the analyzers say above info about sources without marks; the compiler's own messages are for their projects.</summary>
    public static async Task<IEnumerable<string>> Alarms(string[] sources) =>
        (await Harness.Diagnose(sources)).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info && diagnostic.Id.StartsWith("PYRO", StringComparison.Ordinal))
            .Select(diagnostic => diagnostic.ToString());

    /// <summary>All that the compiler and the analyzers say about sources without marks.</summary>
    public static async Task<IReadOnlyList<Diagnostic>> All(params string[] sources) => await Strict.Diagnose(sources);

    /// <summary>What each fix that is offered makes of a source without marks, with the id that it is for.</summary>
    public static Task<IReadOnlyList<(string Id, string Text)>> Fixed(string source) => Strict.Fixed(source);

    public static IEnumerable<DocumentFix> FixesOf(string id) => Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id));

    public static Task Fix(string before, string after) => Harness.ExpectFix(before, after);

    public static Task FixAll(string id, string before, string after) => Harness.ExpectFixAll(id, before, after);

    public static Task NoFix(string source) => Harness.ExpectNoFix(source);

    private static DiagnosticsHarness Create(IEnumerable<string> aside) =>
        new(new ModelGenerator(), Analyzers, Fixes, TestProject.References("Pyro.Runtime", "TorchSharp"), Usings, aside);

    private static IReadOnlyList<T> All<T>(Type neighbour) =>
        [.. neighbour.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type)!)];
}
