using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Pyro.Poutines;
using Pyro.Programs;
using Pyro.Testing.Generation;
using Pyro.Traces;
using static TorchSharp.torch;

namespace Pyro.Generators.Tests;

/// <summary>
/// The sites of a library's program are in the table and the graph of an application's that calls it. The edges of the cases are the least that the
/// graph must have, and the most that it may: a missing one is a wrong gradient, and one too many costs variance.
/// </summary>
public class LibraryProgramTests
{
    private const string Library = """
        namespace Lib;

        public static partial class Parts
        {
            [Model] public static Tensor Prior(Tensor loc, Tensor scale)
            {
                var mu = Sample("mu", new Normal(loc, 1f));
                var tau = Sample("tau", new HalfNormal(scale));
                return mu;
            }

            [Model] public static void Likelihood(Tensor rate, Tensor data)
            {
                using (IArange("rows", data.shape[0]))
                    Observe("x", new Exponential(rate), data);
            }

            [Model] public static Tensor Through(Tensor data) => data * 2;

            [Model] public static Tensor Either(Tensor flag)
            {
                if (flag.item<float>() > 0)
                    Sample("left", new Normal(0f, 1f));
                return zeros(1);
            }

            [Model] public static Tensor Walk(int steps, Tensor start)
            {
                var z = start;
                for (var t = 0; t < steps; t++)
                {
                    z = Sample($"z_{t}", new Normal(z, 1f));
                    Observe($"y_{t}", new Normal(z, 1f), start);
                }
                return z;
            }

            [Model] public static void Fill(Box box, Tensor with) => box.Value = Sample("filled", new Normal(with, 1f));

            [Model] public static void Into(Tensor target, Tensor from) => target.add_(Sample("added", new Normal(from, 1f)));

            [Model] public static Tensor Named(string name, Tensor loc) => Sample("known", new Normal(Sample(name, new Normal(loc, 1f)), 1f));

            [Model] public static Tensor Scaled(this Tensor loc, float by = 2f) => Sample("scaled", new Normal(loc, by));

            [Model] internal static Tensor Hidden() => Sample("hidden", new Normal(0f, 1f));

            [Model] public static Tensor Learned() => Sample("learned", new Normal(Param("loc", 0f), 1f));

            [Model] public static Tensor Loop(int n)
            {
                foreach (var i in IRange("items", n))
                    Sample($"item_{i}", new Normal(0f, 1f));
                return Sample("end", new Normal(0f, 1f));
            }
        }

        public sealed class Box { public Tensor Value = zeros(1); }

        public partial class Network(Tensor weight)
        {
            public Tensor Weight = weight;

            [Model] public Tensor Output(Tensor x) => Sample("out", new Normal(x, Weight));

            [Model] public virtual Tensor Open() => Sample("open", new Normal(0f, 1f));
        }

        public partial class Base { [Model] protected static Tensor Own(Tensor loc) => Sample("own", new Normal(loc, 1f)); }
        """;

    private static readonly Lazy<byte[]> _library = new(() => GeneratorHarness.Image(new ModelGenerator(), "Lib", Library));

    public static IEnumerable<TestCaseData<string, string, string, string>> Calls() =>
    [
        new("a result is made of its own site alone", """
            var a = Sample("a", new Normal(0f, 1f)); var s = Sample("s", new HalfNormal(1f));
            var mu = Lib.Parts.Prior(a, s); Observe("y", new Normal(mu, 1f), data);
            """, "a s mu tau y", "a>mu s>tau mu>y"),
        new("arguments by their names", """
            var a = Sample("a", new Normal(0f, 1f)); var s = Sample("s", new HalfNormal(1f));
            Lib.Parts.Prior(scale: s, loc: a);
            """, "a s mu tau", "a>mu s>tau"),
        new("a latent reaches an observation through an argument", """
            Lib.Parts.Likelihood(Sample("rate", new Gamma(1f, 1f)), data);
            """, "rate x", "rate>x"),
        new("a program without sites hands on what it is given", """
            Observe("y", new Normal(Lib.Parts.Through(Sample("a", new Normal(0f, 1f))), 1f), data);
            """, "a y", "a>y"),
        new("an argument decides whether a site runs", """
            Lib.Parts.Either(Sample("a", new Normal(0f, 1f)));
            """, "a left", "a>left"),
        new("a branch of the caller decides", """
            var a = Sample("a", new Normal(0f, 1f));
            if (a.item<float>() > 0) Lib.Parts.Prior(data, data);
            """, "a mu tau", "a>mu a>tau"),
        new("a family that reaches itself, and what follows", """
            var z = Lib.Parts.Walk(3, Sample("a", new Normal(0f, 1f)));
            Observe("end", new Normal(z, 1f), data);
            """, "a z_{0} y_{0} end", "a>z_{0} a>y_{0} z_{0}>z_{0} z_{0}>y_{0} a>end z_{0}>end"),
        new("an object that the program changes", """
            var box = new Lib.Box(); Lib.Parts.Fill(box, Sample("a", new Normal(0f, 1f)));
            Observe("y", new Normal(box.Value, 1f), data);
            """, "a filled y", "a>filled filled>y a>y"),
        new("a tensor that the program changes", """
            var sum = zeros(1); Lib.Parts.Into(sum, Sample("a", new Normal(0f, 1f)));
            Observe("y", new Normal(sum, 1f), data);
            """, "a added y", "a>added added>y a>y"),
        new("a site that is known only at run time", """
            Observe("y", new Normal(Lib.Parts.Named("n", Sample("a", new Normal(0f, 1f))), 1f), data);
            """, "a known y", "a>known known>y"),
        new("an extension method, and an argument that is left out", """
            Observe("y", new Normal(Sample("a", new Normal(0f, 1f)).Scaled(), 1f), data);
            """, "a scaled y", "a>scaled scaled>y"),
        new("the object of the call", """
            var network = new Lib.Network(Sample("w", new HalfNormal(1f)));
            Observe("y", new Normal(network.Output(Sample("a", new Normal(0f, 1f))), 1f), data);
            """, "w a out y", "w>out a>out out>y"),
        new("a parameter of the library", """
            Observe("y", new Normal(Lib.Parts.Learned(), 1f), data);
            """, "loc learned y", "loc>learned learned>y"),
        new("a method that may be overridden is not followed", """
            Observe("y", new Normal(new Lib.Network(data).Open(), 1f), data);
            """, "y", ""),
    ];

    [TestCaseSource(nameof(Calls))]
    public void Graph_OfACaller_HasTheLibrarysSites(string what, string body, string sites, string edges)
    {
        using var scope = NewDisposeScope();
        var program = Load(Application(body));
        Assert.That(program.Sites.Select(site => site.Name), Is.EqualTo(sites.Split(' ')), what);
        Assert.That(Edges(program), Is.EquivalentTo(edges.Split(' ', StringSplitOptions.RemoveEmptyEntries)), what);
        // What a run meets is what the table has, but for names that are known only then; a family's members, and branches that are not taken.
        var trace = program.Trace(ones(1), graph: GraphType.Static);
        var met = trace.Where(site => site.Kind is not SiteKind.Subsample).Select(site => site.Name).ToList();
        var expected = program.Sites.Select(site => site.Name).Where(name => !name.Contains('{') && name is not ("left" or "mu" or "tau"));
        Assert.That(expected, Is.SubsetOf(met), what);
        foreach (var edge in program.Graph.Edges)
            if (trace.Contains(program.Sites[edge.From].Name) && trace.Contains(program.Sites[edge.To].Name) && program.Sites[edge.From].Kind != SiteKind.Param)
                Assert.That(trace.Edges, Does.Contain((program.Sites[edge.From].Name, program.Sites[edge.To].Name)), what);
    }

    [Test]
    public void Site_OfALibrary_HasItsFactsAndTheCallersPlatesFirst()
    {
        using var scope = NewDisposeScope();
        var program = Load(Application("""
            using (IArange("groups", 2))
                Lib.Parts.Likelihood(Sample("rate", new Gamma(1f, 1f)), data);
            Lib.Parts.Loop(3);
            Lib.Parts.Learned();
            """));
        var x = program.Sites["x"];
        Assert.That(
            (x.Kind, x.Distribution, x.Support, x.EventRank, x.Reparameterized, x.Enumerable),
            Is.EqualTo((SiteKind.Observed, "Exponential", "NonNegative", 0, true, false)));
        Assert.That(x.Plates.Select(plate => (plate.Name, plate.Vectorized)), Is.EqualTo([("groups", true), ("rows", true)]));
        Assert.That(program.Sites["item_{0}"].Plates.Select(plate => (plate.Name, plate.Vectorized)), Is.EqualTo([("items", false)]));
        Assert.That(program.Sites["item_{0}"].At(2).Name, Is.EqualTo("item_2"));
        Assert.That(program.Sites["loc"].Kind, Is.EqualTo(SiteKind.Param));
        Assert.That(x.Span.Line, Is.EqualTo(program.Sites["rate"].Span.Line), "where the library is called");
    }

    [Test]
    public void Program_OfALibraryOfALibrary_IsInTheTable()
    {
        using var scope = NewDisposeScope();
        var inner = _library.Value;
        var outer = GeneratorHarness.Image(new ModelGenerator(), "Outer", """
            public static partial class Outer { [Model] public static Tensor Model(Tensor loc) => Sample("o", new Normal(Lib.Parts.Prior(loc, ones(1)), 1f)); }
            """, MetadataReference.CreateFromImage(inner));
        var program = Load(("Lib", inner), ("Outer", outer), ("App", GeneratorHarness.Image(new ModelGenerator(), "App", """
            public static partial class App { [Model] public static void Model(Tensor data) =>
                Observe("y", new Normal(Outer.Model(Sample("a", new Normal(0f, 1f))), 1f), data); }
            """, MetadataReference.CreateFromImage(inner), MetadataReference.CreateFromImage(outer))));
        Assert.That(Edges(program), Is.EquivalentTo(["a>mu", "mu>o", "o>y"]));
        Assert.That(program.Trace(ones(1)).Select(site => site.Name), Is.EqualTo(["a", "mu", "tau", "o", "y"]));
    }

    [Test]
    public void Program_OfABaseClass_IsCalledByItsNameAlone()
    {
        using var scope = NewDisposeScope();
        var program = Load(("Lib", _library.Value), ("App", GeneratorHarness.Image(new ModelGenerator(), "App", """
            public partial class App : Lib.Base { [Model] public static void Model(Tensor data) =>
                Observe("y", new Normal(Own(Sample("a", new Normal(0f, 1f))), 1f), data); }
            """, MetadataReference.CreateFromImage(_library.Value))));
        Assert.That(Edges(program), Is.EquivalentTo(["a>own", "own>y"]));
    }

    [Test]
    public void Library_BuiltWithoutTheGenerator_HasSitesThatAreKnownWhenItRuns()
    {
        using var scope = NewDisposeScope();
        const string text = "namespace Lib; public static class Parts { [Model] public static Tensor Prior() => Sample(\"mu\", new Normal(0f, 1f)); }";
        var application = Application("Observe(\"y\", new Normal(Lib.Parts.Prior(), 1f), data);");
        var library = GeneratorHarness.Image(generator: null, "Lib", text);
        var program = Load(
            ("Lib", library),
            ("App", GeneratorHarness.Image(new ModelGenerator(), "App", application, MetadataReference.CreateFromImage(library))));
        Assert.That(program.Sites.Select(site => site.Name), Is.EqualTo(["y"]));
        Assert.That(program.Trace(ones(1)).Select(site => site.Name), Is.EqualTo(["mu", "y"]));
        Assert.That(Generated(application, MetadataReference.CreateFromImage(library)), Does.Contain("sites y, and sites whose names are known when it runs"));
    }

    [Test]
    public void Attributes_OfPrograms_AreThereWhereOthersCanCallThem()
    {
        var generated = string.Join("\n", Compiled(Library).SyntaxTrees.Skip(1).Select(tree => tree.ToString()));
        Assert.That(
            generated,
            Does.Contain("""[CalledProgram("M:Lib.Parts.Prior(TorchSharp.torch.Tensor,TorchSharp.torch.Tensor)", Sites = new[] { "mu" })]"""));
        Assert.That(generated, Does.Contain("""[CalledProgram("M:Lib.Base.Own(TorchSharp.torch.Tensor)", Sites = new[] { "own" })]"""));
        Assert.That(generated, Does.Contain("""
            EventRank = 0, Reparameterized = true, Sites = new[] { "z_{0}" }, Arguments = new[] { "steps", "start" })]
            """));
        Assert.That(generated, Does.Contain("""[CalledSite("z_{0}", SiteKind.Latent, Places = 1, Distribution = "Normal", """));
        Assert.That(generated, Does.Contain("""Reparameterized = true, Arguments = new[] { "x", "this" }, IsCertain = true)]"""));
        Assert.That(generated, Does.Not.Contain("[CalledSite(\"hidden\""));
    }

    // An editor hands a project's other projects over as compilations, with their sources.
    [Test]
    public void Program_OfAnotherProjectInAnEditor_IsReadByItsAttributes()
    {
        var library = Compiled(Library);
        var generated = Generated(Application("Observe(\"y\", new Normal(Lib.Parts.Prior(data, data), 1f), data);"), library.ToMetadataReference());
        Assert.That(generated, Does.Contain("// mu → y").And.Not.Contain("RunPrior"));
    }

    public static IEnumerable<TestCaseData<string, string>> Ways() =>
    [
        new("straight on", """Sample("s", new Normal(0f, 1f));"""),
        new("in a plate and a block of weights", """using (IArange("p", 2)) using (Scale(2f)) Sample("s", new Normal(0f, 1f));"""),
        new("in a condition", """if (Sample("s", new Bernoulli(0.5f)).item<float>() > 0) n++;"""),
        new("after a check of an argument", """if (n < 0) throw new ArgumentException("n"); Sample("s", new Normal(0f, 1f));"""),
        new("after a loop that may end early", """for (;;) { if (n > 0) break; n++; } Sample("s", new Normal(0f, 1f));"""),
        new("in a method of the library", """Inner();"""),
        new("in a local function that is called", """Local(); void Local() => Sample("s", new Normal(0f, 1f));"""),
        new("in what is disposed of", """using var stream = new System.IO.MemoryStream(); Sample("s", new Normal(0f, 1f));"""),
        new("in the left operand", """var b = Sample("s", new Bernoulli(0.5f)).item<float>() > 0 && n > 0;"""),
    ];

    public static IEnumerable<TestCaseData<string, string>> Detours() =>
    [
        new("in a branch", """if (n > 0) Sample("s", new Normal(0f, 1f));"""),
        new("on both branches", """if (n > 0) Sample("s", new Normal(0f, 1f)); else Sample("s", new Normal(1f, 1f));"""),
        new("in a loop", """for (var i = 0; i < n; i++) if (i == 1) Sample("s", new Normal(0f, 1f));"""),
        new("after a return", """if (n > 0) return; Sample("s", new Normal(0f, 1f));"""),
        new("after a goto", """if (n > 0) goto end; Sample("s", new Normal(0f, 1f)); end: n++;"""),
        new("in a lambda", """Action later = () => Sample("s", new Normal(0f, 1f)); if (n > 0) later();"""),
        new("in the right operand", """var b = n > 0 && Sample("s", new Bernoulli(0.5f)).item<float>() > 0;"""),
        new("in a switch", """switch (n) { case 1: Sample("s", new Normal(0f, 1f)); break; }"""),
        new("in a block whose exceptions are caught", """try { Sample("s", new Normal(0f, 1f)); } catch (InvalidOperationException) { }"""),
        new("in a branch of a method", """Local(); void Local() { if (n > 0) return; Sample("s", new Normal(0f, 1f)); }"""),
        new("in a family", """Sample($"s_{n}", new Normal(0f, 1f));"""),
    ];

    [TestCaseSource(nameof(Ways))]
    public void Site_ThatEveryRunHas_IsCertain(string what, string body) => Assert.That(Site(body), Does.Contain("IsCertain = true"), what);

    [TestCaseSource(nameof(Detours))]
    public void Site_ThatARunMayLack_IsNotCertain(string what, string body) => Assert.That(Site(body), Does.Not.Contain("IsCertain"), what);

    [TestCase("Sample(\"s\", new Normal(0f, 1f), obs: data);", true)]
    [TestCase("if (n > 0) Sample(\"s\", new Normal(0f, 1f)); else Observe(\"s\", new Normal(0f, 1f), zeros(1));", true)]
    [TestCase("Sample(\"s\", new Normal(0f, 1f));", false)]
    [TestCase("Observe(\"s\", new Normal(0f, 1f), zeros(1));", false)]
    public void Site_WhoseValueMayBeGiven_SaysSo(string body, bool mayBeGiven) => Assert.That(Site(body).Contains("MayBeGiven = true"), Is.EqualTo(mayBeGiven));

    // What is said of the site s of a program.
    private static string Site(string body)
    {
        var program = Compiled($$"""
            public static partial class A
            {
                [Model] public static void Model(int n, Tensor? data = null) { {{body}} }
                [Model] public static void Inner() => Sample("s", new Normal(0f, 1f));
            }
            """).SyntaxTrees.Select(tree => tree.ToString()).Single(text => text.Contains("RunModel("));
        return program.Split('\n').Single(line => line.Contains("[CalledSite(\"s"));
    }

    private static string Application(string body) => $$"""
        using Lib;
        public static partial class App { [Model] public static void Model(Tensor data) { {{body}} } }
        """;

    private static Compilation Compiled(string text, params MetadataReference[] references) =>
        GeneratorHarness.With(new ModelGenerator(), GeneratorHarness.Compile(("A.cs", GeneratorHarness.Usings + text)).AddReferences(references));

    private static string Generated(string text, params MetadataReference[] references) => Compiled(text, references).SyntaxTrees.Last().ToString();

    private static Program<Tensor> Load(string application) => Load(
        ("Lib", _library.Value),
        ("App", GeneratorHarness.Image(new ModelGenerator(), "App", application, MetadataReference.CreateFromImage(_library.Value))));

    private static Program<Tensor> Load(params (string Name, byte[] Image)[] assemblies)
    {
        var context = new AssemblyLoadContext(nameof(LibraryProgramTests));
        foreach (var (_, image) in assemblies)
            context.LoadFromStream(new MemoryStream(image));
        var application = context.Assemblies.Single(assembly => assembly.GetName().Name == "App").GetType("App")!;
        return (Program<Tensor>)application.GetProperty("CompiledModel")!.GetValue(null)!;
    }

    private static IEnumerable<string> Edges(Program<Tensor> program) =>
        program.Graph.Edges.Select(edge => $"{program.Sites[edge.From].Name}>{program.Sites[edge.To].Name}");
}
