using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ProbCompiler.Benchmarks;
using Pyro.Analyzers;
using Pyro.Generators;
using Spectre.Console;

// What the generator and the analyzers cost a project of many models: a build of all of it, and an edit in an editor. The generators' time is the driver's own
// figure, the analyzers' the sum over all of them, as "dotnet build -p:ReportAnalyzer=true" has it.
const int Models = 300;
var project = ModelProject.Create(Models, guides: true);
var analyzers = typeof(ProgramAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
    .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!).ToImmutableArray();

var first = Build(guides: true);
// The compiler stays in memory from build to build: what counts is how it is then.
for (var i = 0; i < 8; i++)
    Build(guides: i % 2 == 0);
var builds = Enumerable.Range(0, 9).Select(_ => (Models: Build(guides: false), Guides: Build(guides: true))).ToList();

var table = new Table().AddColumns($"{Models} models in {Models} files", "generators, ms", "analyzers, ms", "compiler, ms");
Row("build", Median([.. builds.Select(build => build.Models)]));
Row("build with a guide for each", Median([.. builds.Select(build => build.Guides)]));
Row("the same, first in its process", first);
var driver = Driver().RunGenerators(project);
(string What, Func<int, (CSharpCompilation Edited, string Path)> Edit)[] edits =
[
    ("edit of a comment", Comment),
    ("edit of another class's body", OtherBody),
    ("edit of another class's members", OtherMembers),
    ("edit of one model", Model),
];
// An editor is at work for hours: the first keys, which the just-in-time compiler has to learn, are not what it waits for.
foreach (var (_, edit) in edits)
    Edits(edit);
foreach (var (what, edit) in edits)
    Row(what, Edits(edit));
AnsiConsole.Write(table);

(CSharpCompilation Edited, string Path) Comment(int i) => (ModelProject.Edit(project, "Model8.cs", "namespace Models;", $"// Edit {i}.\nnamespace Models;"), "Model8.cs");

(CSharpCompilation Edited, string Path) OtherBody(int i) => Other($"public static int Number() => {i};");

(CSharpCompilation Edited, string Path) OtherMembers(int i) => Other($"public static int Number{i}() => 0;");

(CSharpCompilation Edited, string Path) Other(string member) => (project.AddSyntaxTrees(CSharpSyntaxTree.ParseText(
    $"namespace Models; internal static class Other {{ {member} }}", ModelProject.Parsing, "Other.cs")), "Other.cs");

(CSharpCompilation Edited, string Path) Model(int i) => (ModelProject.Edit(project, "Model8.cs", "0f, 5f", $"0f, {i + 1}f"), "Model8.cs");

// Each edit comes after the one before it, as keys do.
Cost Edits(Func<int, (CSharpCompilation Edited, string Path)> edit) => Median([.. Enumerable.Range(0, 15).Select(i =>
{
    var (edited, path) = edit(i);
    driver = driver.RunGeneratorsAndUpdateCompilation(edited, out var output, out var _);
    var tree = output.SyntaxTrees.First(tree => tree.FilePath == path);
    // The editor shows the compiler's own diagnostics first: what the analyzers then find bound is not their cost.
    output.GetSemanticModel(tree).GetDiagnostics();
    return new Cost(Time(driver), Analyze(output, tree).Analyzers, 0);
})]);

// One build, as the compiler does it: generators, then analyzers and the compilation of what came out.
Cost Build(bool guides)
{
    var run = Driver().RunGeneratorsAndUpdateCompilation(ModelProject.Create(Models, guides), out var output, out _);
    var clock = Stopwatch.StartNew();
    var errors = output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
    if (errors.Count > 0)
        throw new InvalidOperationException(string.Join("\n", errors.Take(5)));
    var compiler = clock.Elapsed;
    var (said, cost) = Analyze(output, null);
    if (said.Any(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info))
        throw new InvalidOperationException(string.Join("\n", said.Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info).Take(5)));
    return new Cost(Time(run), cost, compiler.TotalMilliseconds);
}

(ImmutableArray<Diagnostic> Said, double Analyzers) Analyze(Compilation compilation, SyntaxTree? tree)
{
    var analysis = new CompilationWithAnalyzers(compilation, analyzers,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
    var result = tree is null
        ? analysis.GetAnalysisResultAsync(CancellationToken.None).Result
        : analysis.GetAnalysisResultAsync(compilation.GetSemanticModel(tree), null, CancellationToken.None).Result;
    return (result.GetAllDiagnostics(), result.AnalyzerTelemetryInfo.Values.Sum(telemetry => telemetry.ExecutionTime.TotalMilliseconds));
}

static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator(), new ModuleGenerator().AsSourceGenerator()], parseOptions: ModelProject.Parsing);

static double Time(GeneratorDriver run) => run.GetTimingInfo().ElapsedTime.TotalMilliseconds;

static Cost Median(IReadOnlyList<Cost> costs) => new(Middle(costs.Select(cost => cost.Generator)), Middle(costs.Select(cost => cost.Analyzers)), Middle(costs.Select(cost => cost.Compiler)));

static double Middle(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);

void Row(string what, Cost cost) =>
    table.AddRow(what, $"{cost.Generator:F0}", $"{cost.Analyzers:F0}", cost.Compiler > 0 ? $"{cost.Compiler:F0}" : "");

internal sealed record Cost(double Generator, double Analyzers, double Compiler);
