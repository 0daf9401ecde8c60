using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Pyro.Generators;
using static TorchSharp.torch;

namespace Pyro.Integration.Tests;

/// <summary>
/// What the documentation shows must compile, with the generator and under the analyzers. The C# blocks of one document belong together: those
/// that declare types are files, and the statements of the others run on in one method, in their order. Pages whose lines say what they print are run.
/// </summary>
public partial class DocumentationTests
{
    private static readonly string Root = RepositoryRoot();

    public static IEnumerable<string> Documents() =>
        from path in Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Prepend(Path.Combine(Root, "README.md"))
        where CodeBlocks(File.ReadAllText(path)).Count > 0
        select Path.GetRelativePath(Root, path);

    [TestCaseSource(nameof(Documents))]
    public async Task Every_code_block_compiles(string document)
    {
        Assert.That(await Problems(Files(CodeBlocks(File.ReadAllText(Path.Combine(Root, document)))), OutputKind.DynamicallyLinkedLibrary), Is.Empty);
    }

    // Pages that promise it.
    public static IEnumerable<string> Printing() =>
        Documents().Where(document => File.ReadAllText(Path.Combine(Root, document)).Contains("compiled and run by a test", StringComparison.Ordinal));

    [TestCaseSource(nameof(Printing))]
    public async Task Page_that_prints_prints_what_its_comments_say(string document)
    {
        var text = File.ReadAllText(Path.Combine(Root, document));
        var (compilation, problems) = await Compiled(Files(CodeBlocks(text)), OutputKind.DynamicallyLinkedLibrary);
        Assert.That(problems, Is.Empty);
        using var image = new MemoryStream();
        Assert.That(compilation.Emit(image, cancellationToken: TestContext.CurrentContext.CancellationToken).Success);
        var statements = Assembly.Load(image.ToArray()).GetType("Statements")!;
        using var scope = NewDisposeScope();
        await (Task)statements.GetMethod("Run")!.Invoke(null, null)!;
        var expected = Expected(text).ToArray();
        Assert.That(expected, Is.Not.Empty);
        Assert.That((IEnumerable<string>)statements.GetField("Printed")!.GetValue(null)!, Is.EqualTo(expected));
    }

    // What a line that prints is followed by as a comment.
    private static IEnumerable<string> Expected(string markdown) => PrintingLine().Matches(markdown).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"^Console\.WriteLine\(.*\);\s*// (.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex PrintingLine();

    [Test]
    public async Task Each_block_of_the_readme_is_a_file_of_a_new_console_project()
    {
        const string implicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq;";
        Assert.That(await Problems(CodeBlocks(File.ReadAllText(Path.Combine(Root, "README.md"))).Append(implicitUsings), OutputKind.ConsoleApplication), Is.Empty);
    }

    private static async Task<IEnumerable<Diagnostic>> Problems(IEnumerable<string> files, OutputKind kind) => (await Compiled(files, kind)).Problems;

    private static async Task<(Compilation Compilation, IEnumerable<Diagnostic> Problems)> Compiled(IEnumerable<string> files, OutputKind kind)
    {
        var cancellation = TestContext.CurrentContext.CancellationToken;
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var trees = files
            .Select((text, index) => CSharpSyntaxTree.ParseText(text, options, $"block{index}.cs", cancellationToken: cancellation))
            .ToList();
        var compilation = CSharpCompilation.Create("Documentation", trees, References(),
            // CS1701 (a reference was built against an older .NET) is off in every project of the SDK.
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress)]));

        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var fromGenerator, cancellation);
        var fromAnalyzers = await generated.WithAnalyzers(Analyzers()).GetAnalyzerDiagnosticsAsync(cancellation);

        return (generated, generated.GetDiagnostics(cancellation).Concat(fromGenerator).Concat(fromAnalyzers)
            .Where(problem => problem.Severity >= DiagnosticSeverity.Warning));
    }

    private static ImmutableArray<DiagnosticAnalyzer> Analyzers() =>
    [
        .. Assembly.Load("Pyro.Analyzers").GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("Pyro.Integration", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private static List<string> CodeBlocks(string markdown)
    {
        var blocks = new List<string>();
        StringBuilder? block = null;
        foreach (var line in markdown.Split('\n'))
        {
            if (block is null && line.TrimEnd() == "```csharp")
                block = new StringBuilder();
            else if (block is not null && line.TrimEnd() == "```")
            {
                blocks.Add(block.ToString());
                block = null;
            }
            else
                block?.Append(line).Append('\n');
        }
        return blocks;
    }

    private static IEnumerable<string> Files(List<string> blocks)
    {
        var units = blocks.ConvertAll(block => SyntaxFactory.ParseCompilationUnit(block, options: new CSharpParseOptions(LanguageVersion.Latest)));
        var usings = new SortedSet<string>(units.SelectMany(unit => unit.Usings).Select(directive => directive.ToString()), StringComparer.Ordinal);
        var statements = new StringBuilder();
        foreach (var unit in units)
        {
            foreach (var statement in unit.Members.OfType<GlobalStatementSyntax>())
                statements.Append(statement.ToFullString());
            var declarations = unit.Members.Where(member => member is not GlobalStatementSyntax).ToList();
            if (declarations.Count > 0)
                yield return string.Concat((unit.Usings.Count > 0 ? unit.Usings.Select(directive => directive.ToString()) : usings).Select(directive => directive + "\n")) + string.Concat(declarations.Select(member => member.ToFullString()));
        }
        usings.UnionWith(["using System;", "using System.Linq;", "using System.Threading.Tasks;"]);
        yield return $$"""
            {{string.Join("\n", usings)}}
            public static class Statements
            {
                public static readonly System.Collections.Generic.List<string> Printed = new();

                public static async Task Run()
                {
                    await Task.CompletedTask;
                    {{statements}}
                }

                // In place of the system's: what is printed is looked at.
                private static class Console
                {
                    public static void WriteLine(object value) => Printed.Add(FormattableString.Invariant($"{value}"));

                    public static void Write(object value)
                    {
                    }
                }
            }
            """;
    }

    private static string RepositoryRoot([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(path, "../../.."));
}
