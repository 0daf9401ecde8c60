using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Pyro.Compiler;
using Pyro.Compiler.Ir;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>What is kept between edits is never out of date, and what an edit cannot change is not made again.</summary>
public class EditTests
{
    private const string Usings = "using Pyro; using Pyro.Distributions; using static Pyro.Primitives;\n";

    private static readonly (string Path, string Text)[] Sources =
    [
        ("Caller.cs", Usings + """
            public static partial class Caller
            {
                [Model]
                public static void Model()
                {
                    Called.Part();
                    Sample(Names.Site, new Normal(0, Helper.Scale()));
                    Sample("made", Helper.Prior());
                }
            }
            """),
        ("Called.cs", Usings + """
            public static partial class Called
            {
                [Model]
                public static void Part() => Sample("part", new Normal(0, 1));
            }
            """),
        ("Names.cs", "public static class Names { public const string Site = \"x\"; }"),
        ("Helper.cs", "using Pyro.Distributions; public static class Helper { public static float Scale() { return 1; } public static Distribution Prior() => new Normal(0, 2); }"),
        ("Other.cs", "public static class Other { public static float Size() { return 1; } }"),
    ];

    // The edit, and whether the caller is another program after it.
    [TestCase("Names.cs", "\"x\"", "\"y\"", true)]
    [TestCase("Called.cs", "\"part\"", "\"whole\"", true)]
    [TestCase("Called.cs", "[Model]", "[Model, System.Obsolete]", false)]
    [TestCase("Called.cs", "    [Model]", "", true)]
    [TestCase("Helper.cs", "return 1;", "return 2;", false)]
    [TestCase("Helper.cs", "new Normal(0, 2)", "new Laplace(0, 2)", true)]
    [TestCase("Helper.cs", "public static class", "/* A helper. */ public static class", false)]
    [TestCase("Helper.cs", "float Scale()", "float Scale(int unused = 0)", false)]
    [TestCase("Caller.cs", "Normal(0", "Normal(1", true)]
    [TestCase("Caller.cs", "Called.Part();", "", true)]
    [TestCase("Names.cs", "public const", "public const string Other = \"o\"; public const", false)]
    [TestCase("Helper.cs", "public static class", "public static class Second { } public static class", false)]
    public void An_edit_changes_what_it_must_and_nothing_else(string path, string old, string replacement, bool changes)
    {
        var before = GeneratorHarness.Compile(Sources);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(before, Cancellation);
        var first = Texts(driver);

        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == path);
        var text = Sources.Single(source => source.Path == path).Text;
        Assert.That(text, Contains.Substring(old).Using(StringComparison.Ordinal));
        var edited = text.Replace(old, replacement, StringComparison.Ordinal);
        driver = driver.RunGenerators(before.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edited))), Cancellation);

        var anew = CSharpGeneratorDriver.Create(new ModelGenerator())
            .RunGenerators(GeneratorHarness.Compile([.. Sources.Select(source => source.Path == path ? (path, edited) : source)]), Cancellation);
        Assert.That(Texts(driver), Is.EqualTo(Texts(anew)));
        Assert.That(first["Caller.Model.g.cs"] != Texts(driver)["Caller.Model.g.cs"], Is.EqualTo(changes));
        Assert.That(Reasons(driver), Has.Member(changes ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached));
        if (!changes && path != "Called.cs")
            Assert.That(Reasons(driver), Has.No.Member(IncrementalStepRunReason.Modified));
    }

    [TestCase("Called.cs", "public static partial class Called", "public static class Unmet { public static int Part; } public static partial class Called")]
    [TestCase("Names.cs", "public const", "public static readonly int[] Numbers = [1]; public const")]
    [TestCase("Names.cs", "public static class", "namespace Further { } public static class")]
    [TestCase("Other.cs", "return 1;", "return 2;")]
    [TestCase("Other.cs", "}", "} enum Unmet { Site }")]
    [TestCase("Other.cs", "}", "} static class Unmet { static int Count => 1; void Dispose() { } public Unmet() { } }")]
    [TestCase("Other.cs", "}", "} static class Unmet { private flo }")]
    public void What_a_program_cannot_reach_leaves_it_as_it_was_read(string path, string old, string replacement)
    {
        var before = GeneratorHarness.Compile(Sources);
        var program = Read(before);
        Assert.That(program, Is.Not.Null);
        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == path);
        var edited = tree.ToString();
        edited = edited.Remove(edited.LastIndexOf(old, StringComparison.Ordinal), old.Length).Insert(edited.LastIndexOf(old, StringComparison.Ordinal), replacement);
        var after = before.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edited)));
        // A program of the edited file itself is read again; the caller of one as well.
        Assert.That(ReferenceEquals(program, Read(after)), Is.EqualTo(path != "Called.cs"));
        Assert.That(Read(after.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Another { int Field; }", (CSharpParseOptions)tree.Options, "Another.cs", cancellationToken: Cancellation))), Is.SameAs(Read(after)));
    }

    [TestCase("Names.cs", "\"x\"", "\"x\" + \"\"")]
    [TestCase("Names.cs", "public static class", "public static partial class")]
    // A function that is called may now change what it is given.
    [TestCase("Helper.cs", "return 1;", "return 2;")]
    [TestCase("Helper.cs", "}", "} static class Unmet { public static void Add(this object to, int what) { } }")]
    [TestCase("Helper.cs", "}", "} static class Unmet { public static void Scale(this object to, int what) { } }")]
    [TestCase("Helper.cs", "}", "} class Model : System.Attribute { }")]
    [TestCase("Helper.cs", "}", "} namespace Helper.Scale { }")]
    [TestCase("Helper.cs", "public static", "global using System; public static")]
    public void What_it_can_reach_has_it_read_again(string path, string old, string replacement)
    {
        var before = GeneratorHarness.Compile(Sources);
        var program = Read(before);
        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == path);
        var edited = tree.ToString();
        edited = edited.Remove(edited.LastIndexOf(old, StringComparison.Ordinal), old.Length).Insert(edited.LastIndexOf(old, StringComparison.Ordinal), replacement);
        Assert.That(Read(before.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edited)))), Is.Not.SameAs(program));
    }

    [Test]
    public void A_program_whose_callee_is_gone_is_read_again()
    {
        var before = GeneratorHarness.Compile(Sources);
        var driver = CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(before, Cancellation);
        var first = Texts(driver)["Caller.Model.g.cs"];
        driver = driver.RunGenerators(before.RemoveSyntaxTrees(before.SyntaxTrees.Single(tree => tree.FilePath == "Called.cs")), Cancellation);
        Assert.That(Texts(driver)["Caller.Model.g.cs"], Is.Not.EqualTo(first));
    }

    [Test]
    public void Compilations_are_compared_without_their_resolvers()
    {
        // The compiler server's resolvers throw when they are compared.
        var compilation = GeneratorHarness.Compile(Sources);
        Read(compilation.WithOptions(compilation.Options.WithMetadataReferenceResolver(new Incomparable())));
        Assert.That(Read(compilation.WithOptions(compilation.Options.WithMetadataReferenceResolver(new Incomparable()))), Is.Not.Null);
    }

    private readonly ProgramCompiler _compiler = new();

    private sealed class Incomparable : MetadataReferenceResolver
    {
        public override bool Equals(object? other) => throw new InvalidOperationException("Resolvers must not be compared.");

        public override int GetHashCode() => 0;

        public override System.Collections.Immutable.ImmutableArray<PortableExecutableReference> ResolveReference(string reference, string? baseFilePath, MetadataReferenceProperties properties) => [];
    }

    private static CancellationToken Cancellation => TestContext.CurrentContext.CancellationToken;

    private ProgramIr? Read(CSharpCompilation compilation)
    {
        var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == "Caller.cs");
        var method = tree.GetRoot(Cancellation).DescendantNodes().OfType<MethodDeclarationSyntax>().Single();
        return _compiler.Compile(compilation.GetSemanticModel(tree).GetDeclaredSymbol(method, Cancellation)!, method, compilation, Cancellation);
    }

    private static SortedDictionary<string, string> Texts(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()));

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedOutputSteps.Values.SelectMany(runs => runs).SelectMany(run => run.Outputs).Select(output => output.Reason);
}
