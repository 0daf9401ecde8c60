using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Pyro.Testing.Diagnostics;

/// <summary>The sources of a test as a project of a workspace, as an editor holds them.</summary>
public static class TestProject
{
    private const string Folder = "/test/";

    /// <summary>Code that every project has before the test's own.</summary>
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions _parsing = new(LanguageVersion.Latest, DocumentationMode.Parse);

    // CS1701 and CS1702 (a reference was built against an older .NET) are off in every project of the SDK.
    private static readonly CSharpCompilationOptions _compilation = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        concurrentBuild: false,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    private static readonly Lazy<IReadOnlyList<MetadataReference>> _framework = new(() => Trusted(name => name.StartsWith("System", StringComparison.Ordinal)
        || name is "netstandard" or "mscorlib" or "Microsoft.CSharp"));

    /// <summary>The references to .NET itself: what the test process runs on.</summary>
    public static IReadOnlyList<MetadataReference> Framework => _framework.Value;

    /// <summary>References to the assemblies of these names beside the test.</summary>
    public static IReadOnlyList<MetadataReference> References(params string[] names) => Trusted(names.Contains);

    /// <summary>A project of these sources; they are named Source0.cs, Source1.cs and so on.</summary>
    /// <param name="sources">The sources of the test.</param>
    /// <param name="references">What the project references beside .NET.</param>
    /// <param name="usings">Global usings of the project.</param>
    /// <param name="editorConfig">The content of an .editorconfig at its root.</param>
    public static Project Create(
        IEnumerable<string> sources, IEnumerable<MetadataReference> references, string usings = "", string? editorConfig = null)
    {
        var project = new AdhocWorkspace().CurrentSolution
            .AddProject("Test", "Test", LanguageNames.CSharp)
            .WithParseOptions(_parsing)
            .WithCompilationOptions(_compilation)
            .AddMetadataReferences(Framework)
            .AddMetadataReferences(references);
        project = Add(project, "Usings.cs", ImplicitUsings + "\n" + usings);
        if (editorConfig is not null)
            project = project.AddAnalyzerConfigDocument(".editorconfig", SourceText.From(editorConfig), filePath: Folder + ".editorconfig").Project;
        return sources.Select((source, index) => (source, $"Source{index}.cs")).Aggregate(project, (p, s) => Add(p, s.Item2, s.source));
    }

    private static Project Add(Project project, string name, string source) =>
        project.AddDocument(name, SourceText.From(source), filePath: Folder + name).Project;

    private static IReadOnlyList<MetadataReference> Trusted(Predicate<string> wanted) =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => wanted(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path))];
}
