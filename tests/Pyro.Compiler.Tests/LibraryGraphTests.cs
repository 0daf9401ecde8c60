using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pyro.Compiler.Ir;
using Pyro.Compiler.Writing;

namespace Pyro.Compiler.Tests;

/// <summary>A caller has one graph, whether the source of the program that it calls is there or only the attributes of a library.</summary>
public class LibraryGraphTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Pyro;
        using Pyro.Distributions;
        using static Pyro.Primitives;
        using static TorchSharp.torch;

        """;

    private static readonly CSharpParseOptions _options = new(LanguageVersion.Preview);

    private static readonly Lazy<IReadOnlyList<(ProgramIr FromSource, ProgramIr FromLibrary)>> _pairs = new(() =>
    {
        var cases = DependencyTests.Programs().Select((program, number) => (Body: (string)program.Arguments[1]!, Number: number)).ToList();
        // Both arguments are latent: what they reach is seen in the graph. What follows reads the last thing that the program could have changed.
        var callers = Usings + string.Concat(cases.Select(one => $$"""
            public static partial class App{{one.Number}}
            {
                [Model] public static void Model(Tensor data)
                {
                    var first = Sample("first", new Normal(0, 1));
                    P{{one.Number}}.Model(first, (int)Sample("second", new Poisson(3f)).item<float>());
                    Observe("after", new Normal(first, 1), data);
                }
            }

            """));
        var called = Usings + string.Concat(cases.Select(one => DependencyTests.Class(
            "P" + one.Number, $"[Model] public static void Model(Tensor data, int n) {{ {one.Body} }}") + "\n"));
        var together = Compile("Together", [called, callers]);
        var library = Compile("Library", [called]);
        library = library.AddSyntaxTrees(Programs(library).Select(program => CSharpSyntaxTree.ParseText(ProgramFile.Emit(program.Value), _options)));
        using var image = new MemoryStream();
        var written = library.Emit(image);
        Assert.That(written.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        var apart = Compile("Apart", [callers]).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        var (fromSource, fromLibrary) = (Programs(together), Programs(apart));
        return [.. cases.Select(one => (fromSource["App" + one.Number], fromLibrary["App" + one.Number]))];
    });

    public static IEnumerable<TestCaseData<int>> Cases() =>
        DependencyTests.Programs().Select((program, number) => new TestCaseData<int>(number) { TestName = $"{{m}}({program.Arguments[0]})" });

    [TestCaseSource(nameof(Cases))]
    public void Graph_OfACaller_IsThatOfTheSource(int number)
    {
        var (fromSource, fromLibrary) = _pairs.Value[number];
        Assert.That(fromLibrary.Sites.Select(site => (site.Name, site.Kind)), Is.EquivalentTo(fromSource.Sites.Select(site => (site.Name, site.Kind))));
        Assert.That(Facts(fromLibrary), Is.EquivalentTo(Facts(fromSource)));
        Assert.That(Edges(fromLibrary), Is.EquivalentTo(Edges(fromSource)));
    }

    private static IEnumerable<(string, string, DistributionIr)> Facts(ProgramIr program) =>
        program.Sites.Select(site => (
            site.Name,
            string.Join(",", site.Plates.Select(plate => program.Plates[plate].Name)),
            site.Distribution with { OwnRank = 0, TakesVectors = false }));

    private static HashSet<string> Edges(ProgramIr program) =>
        [.. program.Edges.Select(edge => $"{program.Sites[edge.From].Name}>{program.Sites[edge.To].Name}")];

    private static CSharpCompilation Compile(string name, string[] files)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create(name, files.Select((text, number) => CSharpSyntaxTree.ParseText(text, _options, $"{name}{number}.cs")), references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    private static Dictionary<string, ProgramIr> Programs(Compilation compilation)
    {
        Assert.That(compilation.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        return compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method.AttributeLists.Count > 0)
                .Select(method => (IMethodSymbol)compilation.GetSemanticModel(tree).GetDeclaredSymbol(method)!))
            .ToDictionary(method => method.ContainingType.Name, method => ProgramCompiler.Compile(method, compilation, default, out _)!);
    }
}
