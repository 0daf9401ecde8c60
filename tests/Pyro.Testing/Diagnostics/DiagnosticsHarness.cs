using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Pyro.Testing.Diagnostics;

/// <summary>
/// Runs a set of analyzers, all of them every time, over marked sources with what the generator adds to them, and holds what the compiler and they
/// say against the marks: every mark is a diagnostic of that id at exactly that span, and there is no other, warnings of the compiler and errors
/// in generated code included. Applies fixes the same way.
/// </summary>
/// <param name="generator">What adds to the sources.</param>
/// <param name="analyzers">The analyzers.</param>
/// <param name="fixes">Their fixes.</param>
/// <param name="references">What the sources see.</param>
/// <param name="usings">Directives for all of them.</param>
/// <param name="aside">Ids of what short sources have by the way: no matter where no mark has them.</param>
public sealed class DiagnosticsHarness(
    IIncrementalGenerator generator, IEnumerable<DiagnosticAnalyzer> analyzers, IEnumerable<CodeFixProvider> fixes,
    IEnumerable<MetadataReference> references, string usings = "", IEnumerable<string>? aside = null)
{
    private readonly string[] _asideIds = [.. aside ?? []];
    private readonly HashSet<string> _aside = [.. aside ?? []];
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers = [.. analyzers];
    private readonly ImmutableArray<CodeFixProvider> _fixes = [.. fixes];
    private readonly ImmutableArray<MetadataReference> _references = [.. references];

    /// <summary>The same for sources that see more.</summary>
    /// <param name="libraries">What they see beside the references of this.</param>
    public DiagnosticsHarness With(IEnumerable<MetadataReference> libraries) =>
        new(generator, _analyzers, _fixes, _references.AddRange(libraries), usings, _asideIds);

    /// <summary>The sources have exactly the marked diagnostics.</summary>
    /// <returns>The diagnostics, for those who want to look at their messages.</returns>
    public async Task<ImmutableArray<Diagnostic>> Expect(params string[] sources) => (await Run(sources)).Diagnostics;

    /// <summary>The fix of the first marked diagnostic turns the source into <paramref name="after"/>.</summary>
    /// <param name="before">The source with its marks.</param>
    /// <param name="after">What the fix makes of it, with marks for what remains.</param>
    public async Task ExpectFix(string before, string after)
    {
        var (project, diagnostics) = await Run(before);
        await Holds((await Actions(project.Documents.Last(), diagnostics[0])).Single(), after);
    }

    /// <summary>Fixing all diagnostics of the id in the source turns it into <paramref name="after"/>.</summary>
    public async Task ExpectFixAll(string id, string before, string after)
    {
        var (project, diagnostics) = await Run(before);
        diagnostics = [.. diagnostics.Where(diagnostic => diagnostic.Id == id)];
        var document = project.Documents.Last();
        var provider = _fixes.Single(fix => fix.FixableDiagnosticIds.Contains(id));
        var one = (await Actions(document, diagnostics[0])).Single();
        var context = new FixAllContext(
            document, provider, FixAllScope.Document, one.EquivalenceKey!, [id], new KnownDiagnostics(diagnostics), CancellationToken.None);
        await Holds(await provider.GetFixAllProvider()!.GetFixAsync(context), after);
    }

    /// <summary>No fix is offered for the first marked diagnostic.</summary>
    public async Task ExpectNoFix(string source)
    {
        var (project, diagnostics) = await Run(source);
        var actions = await Actions(project.Documents.Last(), diagnostics[0]);
        if (actions.Count > 0)
            throw new VerificationException("A fix is offered: " + actions[0].Title);
    }

    /// <summary>What the compiler and the analyzers say about sources, in the order of their text.</summary>
    public async Task<ImmutableArray<Diagnostic>> Diagnose(params string[] sources) => await Diagnose(Create(null, sources));

    /// <summary>What the compiler and the analyzers say about sources under this .editorconfig.</summary>
    public async Task<ImmutableArray<Diagnostic>> DiagnoseUnder(string? editorConfig, params string[] sources) => await Diagnose(Create(editorConfig, sources));

    /// <summary>What each fix that is offered makes of a source without marks, with the id that it is for.</summary>
    public async Task<IReadOnlyList<(string Id, string Text)>> Fixed(string source)
    {
        var project = Create(null, source);
        var document = project.Documents.Last();
        var path = FileOf((await document.GetSyntaxTreeAsync())!.FilePath);
        var texts = new List<(string, string)>();
        foreach (var diagnostic in (await Diagnose(project)).Where(found => FileOf(found) == path))
            foreach (var action in await Actions(document, diagnostic))
                if (await Change(action) is { } change)
                    texts.Add((diagnostic.Id, (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString()));
        return texts;

        static async Task<ApplyChangesOperation?> Change(CodeAction action)
        {
            try
            {
                return (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().SingleOrDefault();
            }
            catch (InvalidOperationException failure) when (failure.StackTrace?.Contains("Microsoft.CodeAnalysis.Formatting", StringComparison.Ordinal) == true)
            {
                // Roslyn's own formatting, which comes after every fix, gives up at some brackets that are not closed; an editor then offers nothing.
                return null;
            }
        }
    }

    private async Task<(Project Project, ImmutableArray<Diagnostic> Diagnostics)> Run(params string[] sources)
    {
        var markups = sources.Select(Markup.Parse).ToArray();
        var project = Create(null, [.. markups.Select(markup => markup.Source)]);
        var marked = markups.SelectMany(markup => markup.Expected).Select(mark => mark.Id).ToHashSet();
        ImmutableArray<Diagnostic> actual = [.. (await Diagnose(project)).Where(found => marked.Contains(found.Id) || !_aside.Contains(found.Id))];
        var left = actual.ToList();
        var missing = new List<string>();
        foreach (var (markup, index) in markups.Select((markup, index) => (markup, index)))
            foreach (var (id, span) in markup.Expected)
                if (left.Find(d => d.Id == id && d.Location.SourceSpan == span && FileOf(d) == $"Source{index}.cs") is { } found)
                    left.Remove(found);
                else
                    missing.Add($"  {id} at {At(markup.Source, span)}");
        if (missing.Count == 0 && left.Count == 0)
            return (project, actual);
        throw new VerificationException(
            "Missing:\n" + string.Join('\n', missing) + "\nUnexpected:\n" + string.Join('\n', left.Select(Describe)));
    }

    private Project Create(string? editorConfig, params string[] sources) => TestProject.Create(sources, _references, usings, editorConfig);

    private async Task<ImmutableArray<Diagnostic>> Diagnose(Project project)
    {
        var driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: (CSharpParseOptions)project.ParseOptions!);
        driver.RunGeneratorsAndUpdateCompilation((await project.GetCompilationAsync())!, out var compilation, out _);
        return [.. (await compilation.WithAnalyzers(_analyzers, project.AnalyzerOptions).GetAllDiagnosticsAsync())
            .Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)
            .OrderBy(diagnostic => (FileOf(diagnostic), diagnostic.Location.SourceSpan.Start))];
    }

    private async Task Holds(CodeAction? action, string after)
    {
        var operations = action is null ? [] : await action.GetOperationsAsync(CancellationToken.None);
        var solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        var text = (await solution.Projects.Single().Documents.Last().GetTextAsync()).ToString();
        var expected = Markup.Parse(after).Source;
        if (text != expected)
            throw new VerificationException($"The fix makes\n{text}\ninstead of\n{expected}");
        await Run(after);
    }

    private async Task<List<CodeAction>> Actions(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        foreach (var provider in _fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static string FileOf(Diagnostic diagnostic) => FileOf(diagnostic.Location.SourceTree?.FilePath ?? "");

    private static string FileOf(string path) => Path.GetFileName(path);

    private static string Describe(Diagnostic diagnostic) =>
        $"  {diagnostic.Id} at {(diagnostic.Location.SourceTree is { } tree ? At(tree.ToString(), diagnostic.Location.SourceSpan) : "no place")}: "
        + diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static string At(string source, TextSpan span) =>
        $"line {source.AsSpan(0, span.Start).Count('\n') + 1} `{source.Substring(span.Start, span.Length)}`";

    /// <summary>What a fix-all asks for: the diagnostics that the run before found.</summary>
    private sealed class KnownDiagnostics(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellation) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellation) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellation) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
