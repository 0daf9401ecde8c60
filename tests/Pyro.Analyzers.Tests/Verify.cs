using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.CodeFixes;
using Pyro.Generators;
using Pyro.Testing.Diagnostics;

namespace Pyro.Analyzers.Tests;

/// <summary>All analyzers and fixes of the product, over sources that see the runtime as a user's project does.</summary>
internal static class Verify
{
    private const string Usings =
        """
        global using Pyro;
        global using Pyro.Distributions;
        global using TorchSharp;
        global using static Pyro.Primitives;
        global using static TorchSharp.torch;
        """;

    public static IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; } = All<DiagnosticAnalyzer>(typeof(DeclarationAnalyzer));

    public static IReadOnlyList<DocumentFix> Fixes { get; } = All<DocumentFix>(typeof(MakePartialFix));

    private static DiagnosticsHarness Harness { get; } = new(new ModelGenerator(), Analyzers, Fixes, TestProject.References("Pyro.Runtime", "TorchSharp"), Usings);

    public static Task Diagnostics(params string[] sources) => Harness.Expect(sources);

    public static async Task<string> Message(string source) => (await Harness.Expect(source)).Single().GetMessage();

    public static async Task<DiagnosticSeverity> Severity(string source, string editorConfig) =>
        (await Harness.ExpectUnder(editorConfig, source)).Single().Severity;

    /// <summary>Ids and lines (from 0) of what is said about a source without marks.</summary>
    public static async Task<IEnumerable<(string Id, int Line)>> Lines(string source) =>
        (await Harness.Diagnose(source)).Select(diagnostic => (diagnostic.Id, diagnostic.Location.GetLineSpan().StartLinePosition.Line));

    /// <summary>What the analyzers say above info about sources without marks; the compiler's own messages are for their projects.</summary>
    public static async Task<IEnumerable<string>> Alarms(string[] sources) =>
        (await Harness.Diagnose(sources)).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info && diagnostic.Id.StartsWith("PYRO", StringComparison.Ordinal))
            .Select(diagnostic => diagnostic.ToString());

    public static IEnumerable<DocumentFix> FixesOf(string id) => Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id));

    public static Task Fix(string before, string after) => Harness.ExpectFix(before, after);

    public static Task FixAll(string id, string before, string after) => Harness.ExpectFixAll(id, before, after);

    public static Task NoFix(string source) => Harness.ExpectNoFix(source);

    private static IReadOnlyList<T> All<T>(Type neighbour) =>
        [.. neighbour.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .Select(type => (T)Activator.CreateInstance(type)!)];
}
