using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>A project whose files change at random, one at a time: the programs that come of the edits are those of the project read anew.</summary>
public class RandomEditTests
{
    private const string Usings = "using Pyro; using Pyro.Distributions; using static Pyro.Primitives;\n";

    // One file each, in the ways that it may be: every second way changes what the program in the first file means.
    private static readonly (string Path, string[] Texts)[] Ways =
    [
        ("Program.cs",
        [
            Usings + """
                namespace App;
                public static partial class Program
                {
                    [Model]
                    public static void Model(Data data, App.Kinds.Kind kind)
                    {
                        Sample(Constant, new Normal(0, 1));
                        Sample(Site, new Normal(0, data.Deviation));
                        Sample(Derived.Inherited, new Normal(0, 1));
                        Sample(Short.Long, new Normal(0, 1));
                        Sample($"kind_{(int)Level.High}", new Normal(0, (float)kind));
                        foreach (var item in data)
                            Observe("item", Make(1), item);
                        var (low, high) = data;
                        Sample("high", new Normal(low, high));
                        Sample("conversion", new Normal(0, 1), obs: data.Wrapped);
                        Sample("first", data.First());
                        Tail(data);
                        Called();
                    }
                    static Distribution Make(float of) => new Normal(of, 1);
                }
                """,
        ]),
        ("Rest.cs",
        [
            Usings + "namespace App; partial class Program { [Model] static void Called() => Sample(\"called\", new Normal(0, 1)); static void Tail(Data of) { } }",
            Usings + "namespace App; partial class Program { [Model] static void Called() => Sample(\"renamed\", new Normal(0, 1)); static void Tail(object of) { } }",
            Usings + "namespace App; partial class Program { static void Called() { } static void Tail(Data of) { } static void Model2() { } }",
            Usings + "namespace App; partial class Program { [Model] static void Called() => Sample(\"called\", new Normal(0, 1)); static void Tail(Data of) { } static Bernoulli Make(int of) => new(0.5f); }",
            Usings + "namespace App; partial class Program { [Model] static void Called() => Sample(\"called\", new Normal(0, 1)); static void Tail(Data of) { } static int ModelProgram; }",
            Usings + "namespace App; partial class Program { [Model] public static void MODEL() => Sample(\"shouted\", new Normal(0, 1)); static void Called() { } static void Tail(Data of) { } }",
        ]),
        ("Global.cs", ["global using static App.Names;", "global using static App.OtherNames;", "global using static App.Names; global using Level = App.OtherLevel;"]),
        ("Names.cs",
        [
            "namespace App { public static class Names { public const string Constant = Depth.Text; } public static class OtherNames { public const string Constant = \"other\"; } }",
            "namespace App { public static class Names { public const string Constant = Depth.Text + \"!\"; } public static class OtherNames { public const string Constant = \"changed\"; } }",
        ]),
        ("Depth.cs",
        [
            "namespace App { static class Depth { public const string Text = \"deep\"; } }",
            "namespace App { static class Depth { public const string Text = \"deeper\"; } }",
            "namespace App { static class Depth { public const string Text = \"deep\"; public const int Other = 1; } }",
        ]),
        ("Site.cs",
        [
            "namespace App { public static class Unused { public const string Site = \"u\"; } }",
            "namespace App { static partial class Program { const string Site = \"site\"; } }",
            "namespace App { static partial class Program { const string Site = \"other site\"; } }",
        ]),
        ("Base.cs",
        [
            "namespace App { class Root { public const string Inherited = \"root\"; } class Base : Root { } class Derived : Base { } }",
            "namespace App { class Root { public const string Inherited = \"root\"; } class Base : Root { public new const string Inherited = \"base\"; } class Derived : Base { } }",
            "namespace App { class Root { public const string Inherited = \"changed\"; } class Base : Root { } class Derived : Base { } }",
            "namespace App { class Derived { public const string Inherited = \"alone\"; } }",
        ]),
        ("Short.cs",
        [
            "namespace App { static class Short { public const string Long = \"long\"; } }",
            "namespace App { static class Short { public const string Long = \"long\"; } } namespace App.Short2 { }",
            "namespace App { using Alias = System.String; static class Short { public const Alias Long = \"alias\"; } }",
            "namespace Short { static class Long { } }",
        ]),
        ("Kind.cs",
        [
            "namespace App.Kinds { public enum Kind { None, One } } namespace App { enum Level { Low, High } enum OtherLevel { High = 7 } }",
            "namespace App.Kinds { public enum Kind { None, One } } namespace App { enum Level { Low, Middle, High } enum OtherLevel { High = 8 } }",
            "namespace App { public enum Kind { None } enum Level { High } }",
        ]),
        ("Data.cs",
        [
            "using TorchSharp; namespace App { public partial record Data(float Deviation, Wrapper Wrapped); }",
            "using TorchSharp; namespace App { public partial record Data(torch.Tensor Deviation, torch.Tensor Wrapped); }",
            "using TorchSharp; namespace App { public partial class Data { public float Deviation = 1; public Wrapper Wrapped => new(); } }",
        ]),
        ("Wrapper.cs",
        [
            "using TorchSharp; namespace App { public class Wrapper { public static implicit operator torch.Tensor(Wrapper of) => torch.zeros(1); } }",
            "using TorchSharp; namespace App { public class Wrapper { } }",
            "using TorchSharp; namespace App { public class Wrapper : Pyro.Distributions.Normal { public Wrapper() : base(0, 1) { } } }",
        ]),
        ("Items.cs",
        [
            "using TorchSharp; namespace App { public partial record Data { public System.Collections.Generic.IEnumerator<torch.Tensor> GetEnumerator() { yield break; } } }",
            "using TorchSharp; namespace App { public partial record Data { public System.Collections.Generic.IEnumerator<int> GetEnumerator() { yield break; } } }",
            "using TorchSharp; namespace App { static class Items { public static System.Collections.Generic.IEnumerator<torch.Tensor> GetEnumerator(this Data of) { yield break; } } }",
            "using TorchSharp; namespace App { static class Items { public static System.Collections.Generic.IEnumerator<Wrapper> GetEnumerator(this Data of) { yield break; } } }",
            "",
        ]),
        ("Pair.cs",
        [
            "using TorchSharp; namespace App { static class Pair { public static void Deconstruct(this Data of, out float low, out torch.Tensor high) { low = 0; high = torch.zeros(1); } } }",
            "using TorchSharp; namespace App { static class Pair { public static void Deconstruct(this Data of, out torch.Tensor low, out torch.Tensor high) { low = high = torch.zeros(1); } } }",
        ]),
        ("First.cs",
        [
            "using Pyro.Distributions; namespace App { static class Extensions { public static Normal First(this Data of) => new(0, 1); } }",
            "using Pyro.Distributions; namespace App { static class Extensions { public static Bernoulli First(this Data of) => new(0.5f); } }",
            "using Pyro.Distributions; namespace App { class Extensions { public static Normal First(Data of) => new(0, 1); } }",
            "using Pyro.Distributions; namespace App { static class Extensions { public static Normal First(this object of) => new(0, 1); } static class More { public static Bernoulli First(this Data of) => new(0.5f); } }",
        ]),
        ("Attribute.cs",
        [
            "",
            "namespace App { class ModelAttribute : System.Attribute { } }",
            "namespace App { class Model : System.Attribute { } }",
        ]),
        ("Shadow.cs",
        [
            "",
            "namespace App.Depth { }",
            "namespace App { class Normal { } }",
            "namespace App.App.Kinds { public enum Kind { Shadow } }",
            "#nullable disable\nnamespace App { class Unmet { public const string Constant = \"unmet\"; } }",
            "var data = 1; void Tail(int of) { }",
            "namespace System { public struct Int32 { } }",
        ]),
    ];

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void After_any_edits_all_programs_are_what_they_are_anew(int seed)
    {
        var random = new Random(seed);
        var ways = Ways.Select(file => random.Next(4) > 0 ? 0 : random.Next(file.Texts.Length)).ToArray();
        var compilation = GeneratorHarness.Compile([.. Ways.Select((file, i) => (file.Path, file.Texts[ways[i]]))]);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new ModelGenerator());
        var seen = new HashSet<string>();
        for (var edit = 0; edit < 120; edit++)
        {
            driver = driver.RunGenerators(compilation, Cancellation);
            // All else anew: no tree is one that the memo has met.
            var anew = CSharpGeneratorDriver.Create(new ModelGenerator())
                .RunGenerators(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(Anew)), Cancellation);
            var texts = Texts(driver);
            Assert.That(texts, Is.EqualTo(Texts(anew)));
            seen.Add(string.Join("\n", texts.Values));

            var file = random.Next(Ways.Length);
            // The way that means most is the one that it comes back to.
            ways[file] = ways[file] != 0 && random.Next(6) > 0 ? 0 : random.Next(Ways[file].Texts.Length);
            var tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == Ways[file].Path);
            var edited = tree.WithChangedText(SourceText.From(Ways[file].Texts[ways[file]]));
            compilation = random.Next(4) == 0 ? compilation.RemoveSyntaxTrees(tree).AddSyntaxTrees(edited) : compilation.ReplaceSyntaxTree(tree, edited);
        }
        Assert.That(seen.Count > 8, $"Only {seen.Count} different programs were met.");
    }

    private static SyntaxTree Anew(SyntaxTree tree) => CSharpSyntaxTree.ParseText(tree.ToString(), (CSharpParseOptions)tree.Options, tree.FilePath, cancellationToken: Cancellation);

    private static CancellationToken Cancellation => TestContext.CurrentContext.CancellationToken;

    private static SortedDictionary<string, string> Texts(GeneratorDriver driver) =>
        new(driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString()));
}
