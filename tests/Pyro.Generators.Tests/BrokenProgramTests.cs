using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Pyro.Compiler;
using Pyro.Compiler.Ir;
using Pyro.Testing;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>
/// Code as it is while somebody types: cut off, with a piece gone, with two of a name. The generator never throws, and what is wrong with one model takes no other's program away.
/// PYRO_BROKEN=N tries N pieces of broken code.
/// </summary>
public class BrokenProgramTests
{
    private const string Usings = GeneratorHarness.Usings;

    private static readonly int _count = int.TryParse(Environment.GetEnvironmentVariable("PYRO_BROKEN"), CultureInfo.InvariantCulture, out var count) ? count : 200;

    [TestCase("public static partial class A { [Model] public static void Model(Tensor a, Tensor a) { Sample(\"x\", new Normal(a, 1)); } }", TestName = "two parameters of a name")]
    [TestCase("public static partial class A { [Model] public static void Model() { break; Sample(\"x\", new Normal(0, 1)); continue; } }", TestName = "a break outside of a loop")]
    [TestCase("namespace Foo.; public static partial class A { [Model] public static void Model() { Sample(\"x\", new Normal(0, 1)); } }", TestName = "half a namespace")]
    [TestCase("namespace Foo. { public static partial class A { [Model] public static void Model() { Sample(\"x\", new Normal(0, 1)); } } }", TestName = "half a namespace with braces")]
    [TestCase("public static partial class A { [Model] public static void Model() { var x = 1; var x = Sample(\"x\", new Normal(0, 1)); goto nowhere; } }", TestName = "two variables of a name")]
    [TestCase("public static partial class A { [Model] public static void Model() { Sample(\"x\", new Normal(0, 1)); } [Model] public static void Model() { Sample(\"y\", new Normal(0, 1)); } }", TestName = "two methods of a signature")]
    [TestCase("public static partial class A { [Model] public static void () { Sample(\"x\", new Normal(0, 1)); } }", TestName = "a method without a name")]
    [TestCase("public static partial class { [Model] public static void Model() { Sample(\"x\", new Normal(0, 1)); } }", TestName = "a class without a name")]
    [TestCase("public static partial class A { [Model] public static void Model(Tensor) { Sample($\"x_{\", new Normal(); } }", TestName = "half a name of a site")]
    [TestCase("public static partial class A { [Model] public static void Model() => }", TestName = "no body after the arrow")]
    [TestCase("public static partial class A { [Model, Model] public static void Model() { Model(); } [Guide(nameof(Model))] [Model] static void Guide() { } }", TestName = "attributes twice")]
    public void BrokenCode_ThrowsNothing_AndTakesNoOtherProgramAway(string text)
    {
        var whole = Usings + "public static partial class Whole { [Model] public static void Model() { Sample(\"whole\", new Normal(0, 1)); } }";
        Assert.That(Run(GeneratorHarness.Compile(("Whole.cs", whole), ("Broken.cs", Usings + text))), Does.Contain("Whole.Model.g.cs"));
    }

    [Test]
    public void CorpusPrograms_Broken_ThrowNothing()
    {
        var broken = new BrokenCode([.. Directory.EnumerateFiles(Corpus(), "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)], Usings, seed: 1);
        var whole = ("Whole.cs", Usings + "public static partial class Whole { [Model] public static void Model() { Sample(\"whole\", new Normal(0, 1)); } }");
        for (var i = 0; i < _count; i++)
        {
            var text = broken.Next();
            try
            {
                var compilation = GeneratorHarness.Compile(whole, ("Broken.cs", text));
                var programs = Run(compilation);
                // A broken file can say that `Pyro` is something else, and then the whole file is broken too.
                if (!IsBroken(compilation.SyntaxTrees[0], compilation))
                    Assert.That(programs, Does.Contain("Whole.Model.g.cs"), text);
            }
            catch (InvalidOperationException failure)
            {
                Assert.Fail($"{failure.Message}\n{text}");
            }
        }
    }

    [Test]
    public void Fault_TakesNoOtherProgramAway_AndIsAnError()
    {
        Assert.That(Errors(With(_ => throw new InvalidOperationException("line one\nline two")), Program), Has.Length.EqualTo(1)
            .And.One.Contains("Faulty.cs(8)").And.One.Contains("InvalidOperationException: line one line two"));
        // A program that cannot be written, as it has no type around it.
        Assert.That(Errors(With(program => program! with { Types = new([]) }), Program), Has.Length.EqualTo(1).And.One.Contains("'Model'"));
        // Code that is not whole has the compiler's own error, and no other.
        Assert.That(Errors(With(_ => throw new InvalidOperationException("fault")), Program.Replace("(0, 1)", "(0, 1", StringComparison.Ordinal)),
            Is.Not.Empty.And.None.Contains("fault"));
    }

    private const string Program = " { [Model] public static void Model() { Sample(\"x\", new Normal(0, 1)); } }";

    // The generator, where something else becomes of the programs of one class.
    private static ModelGenerator With(Func<ProgramIr?, ProgramIr?> change) => new()
    {
        Compiler = () => (method, _, compilation, cancellation) =>
            ProgramCompiler.Compile(method, compilation, cancellation, out var _) is var program && method.ContainingType.Name == "Faulty" ? change(program) : program,
    };

    private static string[] Errors(ModelGenerator generator, string faulty)
    {
        var compilation = GeneratorHarness.Compile(
            ("Whole.cs", Usings + "public static partial class Whole" + Program), ("Faulty.cs", Usings + "public static partial class Faulty" + faulty));
        CSharpGeneratorDriver.Create(generator).RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        Assert.That(diagnostics, Is.Empty);
        Assert.That(generated.GetTypeByMetadataName("Whole")!.GetMembers("CompiledModel"), Is.Not.Empty);
        return [.. generated.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.GetMessage(CultureInfo.InvariantCulture))];
    }

    private static bool IsBroken(SyntaxTree tree, Compilation compilation) =>
        compilation.GetSemanticModel(tree).GetDiagnostics().Any(problem => problem.Severity == DiagnosticSeverity.Error);

    private static IEnumerable<string> Run(Compilation compilation)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ModelGenerator(), new ModuleGenerator());
        var result = driver.RunGenerators(compilation).GetRunResult();
        foreach (var generator in result.Results)
            if (generator.Exception is { } exception)
                throw new InvalidOperationException($"The generator throws: {exception}");
        return result.Results.SelectMany(generator => generator.GeneratedSources).Select(source => source.HintName);
    }

    [Test]
    public void SymbolsOfAFile_DecideInItsCompiledBodiesToo()
    {
        var text = "#define FAST\n#define SLOW\n#undef SLOW\n" + Usings + """
            public static partial class A
            {
                [System.Diagnostics.Conditional("FAST")] static void Log() { }
                [Model] public static void Model()
                {
            #if FAST && !SLOW
                    Sample("fast", new Normal(0, 1));
            #else
                    Sample("slow", new Normal(0, 1));
            #endif
                    Log();
                }
            }
            """;
        var generated = GeneratorHarness.Generate(new ModelGenerator(), [], ("Model.cs", text)).Single().Value;
        Assert.That(generated, Does.Contain("sites fast").And.Not.Contain("sites slow"));
        var body = CSharpSyntaxTree.ParseText(generated).GetRoot().DescendantNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.LiteralExpressionSyntax>();
        Assert.That(generated, Does.Contain("#define FAST\n#define SLOW\n#undef SLOW\n").And.Contain("ModelSites.Fast"));
        Assert.That(body.Select(literal => literal.Token.ValueText), Does.Not.Contain("slow"));
    }

    private static string Corpus([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../Pyro.Corpus");
}
