using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>What builds ask of generated code: the same from the same sources anywhere, edits that a running program can take, a sentence where it cannot be compiled.</summary>
public class BuildTests
{
    private const string Source = """
        public static partial class A
        {
            [Model]
            public static void Model(Tensor data)
            {
                var mu = Sample("mu", new Normal(0, 1));
                foreach (var i in IRange("data", 3))
                    Observe($"x_{i}", new Normal(mu, 1), data[i]);
                Console.Write(Where());
            }

            private static string Where([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
        }
        public partial class B { [Model] public Tensor Model() => Sample("x", new Normal(0, 1)); }
        """;

    [Test]
    public void BuildsInTwoFolders_AreTheSame_WithAPathMap()
    {
        var (one, oneText) = Emit("/home/one/models");
        var (other, otherText) = Emit("/srv/ci/other/models");
        Assert.That(otherText, Is.EqualTo(oneText));
        Assert.That(oneText, Does.Contain("\"/_/Model.cs\"").And.Not.Contain("/home/one"));
        Assert.That(other, Is.EqualTo(one));
    }

    // "dotnet watch" restarts a program when anything else than bodies changes in it.
    [TestCase("var mu", "// A comment.\n        var mu")]
    [TestCase("public static partial class A", "// A comment.\n\npublic static partial class A")]
    [TestCase("Console.Write(Where());", "var twice = mu * 2; Console.Write(twice);")]
    [TestCase("    [Model]\n    public static void Model(Tensor data)", "    // Moved.\n\n    [Model] public static void Model(Tensor data)")]
    public void EditThatKeepsTheSites_ChangesBodiesAlone(string old, string replacement)
    {
        Assert.That(Source.Split(old), Has.Length.GreaterThan(1));
        var (before, after) = (Generate(Source), Generate(Source.Replace(old, replacement, StringComparison.Ordinal)));
        Assert.That(after, Is.Not.EqualTo(before));
        Assert.That(Frame(after), Is.EqualTo(Frame(before)));
    }

    [Test]
    public void EditOfASite_ChangesMoreThanBodies() =>
        Assert.That(Frame(Generate(Source.Replace("new Normal(0, 1)", "new Laplace(0, 1)", StringComparison.Ordinal))), Is.Not.EqualTo(Frame(Generate(Source))));

    [TestCase(LanguageVersion.CSharp8, false)]
    [TestCase(LanguageVersion.CSharp11, false)]
    [TestCase(LanguageVersion.CSharp12, true)]
    public void OlderLanguage_GetsOneSentence(LanguageVersion language, bool isEnough)
    {
        var options = new CSharpParseOptions(language);
        var source = GeneratorHarness.Usings + """
            namespace Mine
            {
                public static partial class A { [Model] public static void Model(int n) { Sample("x", new Normal(n, 1)); using (IArange("p", 3)) Sample("y", new Normal(n, 1)); } [Guide("Model")] public static void Guide(int n) { } }
                public partial class B { [Model] public Tensor Model(int n) { for (var i = 0; i < n; i++) Sample($"z_{i}", new Normal(n, 1)); return Sample("x", new Normal(n, 1)); } }
            }
            """;
        var compilation = GeneratorHarness.Compile().AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, options, "Model.cs"));
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options,
                optionsProvider: new Properties(("ProbCompilerExplain", "true")))
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        var problems = generated.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.ToString()).ToList();
        Assert.That(problems, Has.Count.EqualTo(isEnough ? 0 : 1));
        if (!isEnough)
            Assert.That(problems.Single(), Does.Contain($"ProbCompiler needs C# 12.0 or later, and this project is written in C# {language.ToDisplayString()}."));
    }

    private static (byte[] Assembly, string Text) Emit(string folder)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13);
        var text = SourceText.From(GeneratorHarness.Usings + Source, Encoding.UTF8);
        var compilation = GeneratorHarness.Compile().AddSyntaxTrees(CSharpSyntaxTree.ParseText(text, options, folder + "/Model.cs"));
        compilation = compilation.WithOptions(compilation.Options.WithDeterministic(true)
            .WithSourceReferenceResolver(new SourceFileResolver([], folder, [new(folder, "/_")])));
        CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        using var assembly = new MemoryStream();
        var result = generated.Emit(assembly, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.Embedded));
        Assert.That(result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error), Is.Empty);
        return (assembly.ToArray(), string.Concat(generated.SyntaxTrees.Skip(1)));
    }

    private static string Generate(string source) => string.Concat(GeneratorHarness.Generate(new ModelGenerator(), [], explain: true, ("Model.cs", GeneratorHarness.Usings + source))
        .OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"// {file.Key}\n{file.Value}\n"));

    // All but the bodies of methods and properties, and what says where lines are.
    private static string Frame(string text)
    {
        var frame = new StringBuilder();
        foreach (var file in text.Split("// <auto-generated/>"))
        {
            var root = CSharpSyntaxTree.ParseText(file).GetRoot();
            var bodies = root.DescendantNodes().Where(node => node is BlockSyntax or ArrowExpressionClauseSyntax).Select(node => node.Span).ToList();
            frame.AppendJoin(' ', root.DescendantTokens().Where(token => !bodies.Any(body => body.Contains(token.Span))).Select(token => token.Text)).Append('\n');
        }
        return frame.ToString();
    }
}
