using System.Reflection.Metadata;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>Where debuggers stop in a compiled body: where they would in the body as written.</summary>
public class LineTests
{
    public static IEnumerable<TestCaseData<string, string>> Bodies() =>
    [
        new("statements of a line each", """
                var x = Sample("x", new Normal(0, 1));
                n += 2;
                Sample("y", new Normal(x,
                    n));
                Console.Write(n);
            """),
        new("several statements in a line", """
                var x = Sample("x", new Normal(0, 1)); n += 2; Sample("y", new Normal(x, n)); n++;
                Console.Write(n);
            """),
        new("branches", """
                if (Sample("x", new Bernoulli(0.5f)).item<float>() > 0) Sample("y", new Normal(0, 1)); else n++;
                if (n > 0)
                    n--;
                else if (Sample("z", new Bernoulli(0.5f)).item<float>() > 0)
                {
                    Sample("u", new Normal(0, 1));
                }
                switch (Sample("w", new Bernoulli(0.5f)).item<float>()) { case 0: n = 3; break; default: Sample("v", new Normal(0, 1)); break; }
            """),
        new("plates", """
                using (IArange("data", n)) Sample("x", new Normal(0, 1));
                using (IArange("more", n))
                {
                    var y = Sample("y", new Normal(0, 1)); }
                using var last = IArange("last", n);
                Sample("z", new Normal(0, 1));
            """),
        new("loops", """
                for (var i = 0; i < n; i++) Sample($"x_{i}", new Normal(0, 1));
                while (Sample("w", new Bernoulli(0.5f)).item<float>() > 0) { n++; break; }
                foreach (var i in new[] { 1, 2 })
                {
                    Sample($"y_{i}", new Normal(0, 1)); }
            """),
        new("lines of another file", """
                var x = Sample("x", new Normal(0, 1));
            #line 100 "../Other.txt"
                Sample("y", new Normal(x, n)); n++;
            #line hidden
                Sample("hidden", new Normal(x, n)); n++;
            #line default
                Sample("z", new Normal(x, n)); n++;
            #line (7, 3) - (7, 20) 8 "Third.txt"
                n++;
            """),
        new("text on several lines", """"
                var text = $"""
                    {Sample("x", new Normal(0, 1)).item<float>()}
                    {new Func<float>(() => { var y = Sample("y", new Normal(0, 1)); return y.item<float>(); })()}
                    """; n++;
                Console.Write(text);
            """"),
    ];

    [TestCaseSource(nameof(Bodies))]
    public void StatementsOfACompiledBody_StandWhereTheyAreWritten(string what, string body)
    {
        Assert.That(what, Is.Not.Empty);
        var (written, compiled) = Compile($$"""
            public static partial class A
            {
                [Model]
                public static void Model(int n)
                {
            {{body}}
                }
            }
            """);
        Assert.That(string.Join("\n", compiled), Is.EqualTo(string.Join("\n", written)));
    }

    [TestCase("public static partial class A { [Model] public static Tensor Model(int n) => Sample(\"x\", new Normal(n, 1)); }")]
    [TestCase("public static partial class A { [Model] public static void Model(int n) { Sample(\"x\", new Normal(n, 1)); } }")]
    [TestCase("public static partial class A {\n#line 30 \"Page.razor\"\n  [Model] public static void Model(int n)\n { Sample(\"x\", new Normal(n, 1));\n } }")]
    [TestCase("public static partial class A {\n\t[Model] public static void Model(int n)\n\t{\n\t\tSample(\"x\", new Normal(n, 1));\n\t} }")]
    public void ABody_StandsWhereItIsWritten(string source)
    {
        var (written, compiled) = Compile(source);
        Assert.That(string.Join("\n", compiled), Is.EqualTo(string.Join("\n", written)));
    }

    [Test]
    public void ALoopThatRunsAsOne_StandsWhereItIsWritten()
    {
        var (written, compiled) = Compile("""
            public static partial class A
            {
                [Model]
                public static void Model(Tensor data)
                {
                    foreach (var i in IRange("data", 3))
                        Observe($"x_{i}", new Normal(0, 1), data[i]);
                    Console.Write(1);
                }
            }
            """);
        // What decides between the two ways is nowhere.
        Assert.That(compiled.Select(Start).Distinct(), Is.EquivalentTo(written.Select(Start)));

        static string Start(string place) => place.Split(")-(")[0];
    }

    // The places of Model and of RunModel.
    private static (IReadOnlyList<string> Written, IReadOnlyList<string> Compiled) Compile(string source)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        var text = SourceText.From(GeneratorHarness.Usings + source, Encoding.UTF8);
        var compilation = GeneratorHarness.Compile().AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, options, "/project/models/Model.cs"));
        compilation = compilation.WithOptions(compilation.Options
            .WithSourceReferenceResolver(new SourceFileResolver([], "/project", [new("/project", "/_")])));
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = generated.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.That(result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        symbols.Position = assembly.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols);
        using var executable = new System.Reflection.PortableExecutable.PEReader(assembly);
        return (Places("Model"), Places("RunModel"));

        IReadOnlyList<string> Places(string name)
        {
            var (names, reader) = (executable.GetMetadataReader(), provider.GetMetadataReader());
            var method = names.MethodDefinitions.Single(handle => names.GetString(names.GetMethodDefinition(handle).Name) == name);
            return [.. reader.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints()
                .Select(point => point.IsHidden ? "hidden" : $"{reader.GetString(reader.GetDocument(point.Document).Name)} " +
                    $"({point.StartLine},{point.StartColumn})-({point.EndLine},{point.EndColumn})")
                .Where(point => point != "hidden").Distinct()];
        }
    }
}
