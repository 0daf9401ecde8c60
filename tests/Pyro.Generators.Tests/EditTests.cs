using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
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
        ("Helper.cs", "public static class Helper { public static float Scale() { return 1; } }"),
    ];

    [Theory]
    // The edit, and whether the caller is another program after it.
    [InlineData("Names.cs", "\"x\"", "\"y\"", true)]
    [InlineData("Called.cs", "\"part\"", "\"whole\"", true)]
    [InlineData("Called.cs", "[Model]", "[Model, System.Obsolete]", false)]
    [InlineData("Called.cs", "    [Model]", "", true)]
    [InlineData("Helper.cs", "return 1;", "return 2;", false)]
    [InlineData("Helper.cs", "public static class", "/* A helper. */ public static class", false)]
    [InlineData("Helper.cs", "float Scale()", "Distribution Scale()", false)]
    [InlineData("Caller.cs", "Normal(0", "Normal(1", true)]
    [InlineData("Caller.cs", "Called.Part();", "", true)]
    public void An_edit_changes_what_it_must_and_nothing_else(string path, string old, string replacement, bool changes)
    {
        var before = GeneratorHarness.Compile(Sources);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(before, Cancellation);
        var first = Texts(driver);

        var tree = before.SyntaxTrees.Single(tree => tree.FilePath == path);
        var text = Sources.Single(source => source.Path == path).Text;
        Assert.Contains(old, text, StringComparison.Ordinal);
        var edited = text.Replace(old, replacement, StringComparison.Ordinal);
        driver = driver.RunGenerators(before.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(edited))), Cancellation);

        var anew = CSharpGeneratorDriver.Create(new ModelGenerator())
            .RunGenerators(GeneratorHarness.Compile([.. Sources.Select(source => source.Path == path ? (path, edited) : source)]), Cancellation);
        Assert.Equal(Texts(anew), Texts(driver));
        Assert.Equal(changes, first["Caller.Model.g.cs"] != Texts(driver)["Caller.Model.g.cs"]);
        Assert.Contains(changes ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Cached, Reasons(driver));
        if (!changes && path != "Called.cs")
            Assert.DoesNotContain(IncrementalStepRunReason.Modified, Reasons(driver));
    }

    [Fact]
    public void A_program_whose_callee_is_gone_is_read_again()
    {
        var before = GeneratorHarness.Compile(Sources);
        var driver = CSharpGeneratorDriver.Create(new ModelGenerator()).RunGenerators(before, Cancellation);
        var first = Texts(driver)["Caller.Model.g.cs"];
        driver = driver.RunGenerators(before.RemoveSyntaxTrees(before.SyntaxTrees.Single(tree => tree.FilePath == "Called.cs")), Cancellation);
        Assert.NotEqual(first, Texts(driver)["Caller.Model.g.cs"]);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static SortedDictionary<string, string> Texts(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()));

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver) =>
        driver.GetRunResult().Results.Single().TrackedOutputSteps.Values.SelectMany(runs => runs).SelectMany(run => run.Outputs).Select(output => output.Reason);
}
