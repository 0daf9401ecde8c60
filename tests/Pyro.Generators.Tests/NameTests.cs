using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>How generated code names what it speaks of: shortly, and never what the user calls by that name.</summary>
public class NameTests
{
    private const string Usings = GeneratorHarness.Usings;

    [Test]
    public void GeneratedCode_IsFreeOfGlobalNames_InAnOrdinaryFile()
    {
        var text = Generate("namespace Mine; public partial class A { [Model] public Tensor Model(Tensor data, int n) => Sample(\"x\", new Normal(n, 1)); }");
        Assert.That(text, Does.Not.Contain("global::"));
        Assert.That(text, Does.Contain("internal Tensor RunModel(RunContext __context, Tensor data, int n) =>"));
        Assert.That(text, Does.Contain("partial class ModelProgram : Program<(Tensor data, int n), Tensor>"));
    }

    [Test]
    public void Member_HasNoNumber_WithoutACollision()
    {
        var text = Generate("""
            public static partial class A { [Model] public static void Model() {
                Sample("a b", new Normal(0, 1)); Sample("aB", new Normal(0, 1)); Sample("site_kind", new Normal(0, 1)); Sample("model_sites", new Normal(0, 1));
                for (var i = 0; i < 3; i++) Sample($"z_{i}", new Normal(0, 1)); } }
            """);
        foreach (var member in new[] { "AB", "AB_1", "SiteKind_2", "ModelSites_3", "Z" })
            Assert.That(text, Does.Contain($" Site {member} = new("));
    }

    // Each would be wrong, or not compile, with the short name of what generated code means.
    [TestCase("namespace Mine; public class Site { } public enum SiteKind { One } public class SiteTable { } public class SiteGraph { } public class Plate { } public class RunContext { } public class SiteValues { } public class Unit { }")]
    [TestCase("namespace Mine; public class Program<T, U> { } public class FamilyValues<T> { } public struct SourceSpan { } public class SiteEdge { } public class Trace { } public class Tensor { }")]
    [TestCase("namespace Mine.System { public class Nothing { } } namespace Mine.Pyro { public class Nothing { } } namespace Mine.TorchSharp { public class Nothing { } } namespace Mine.Pyro.Programs { public class Site { } } namespace Mine")]
    [TestCase("namespace Mine; public class GeneratedCode : global::System.Attribute { } public class EditorBrowsableState { } public class DebuggerNonUserCodeAttribute : global::System.Attribute { }")]
    [TestCase("namespace Mine; public static partial class A { public static int SiteKind => 1; public static int System => 2; public static int Pyro => 3; public static int Site(int n) => n; public static int EditorBrowsableState => 4; }")]
    [TestCase("namespace Mine; public static partial class A { public class Site { } public class Plate { } public class RunContext { } public class Unit { } public class Trace { } }")]
    public void NamesOfTheUser_KeepTheirMeaning(string declarations)
    {
        var model = """
            public static partial class A { [Model] public static void Model(int n) {
                using (IArange("p", 3)) Sample("x", new Normal(n, 1));
                for (var i = 0; i < 3; i++) Sample($"z_{i}", new Normal(0, 1)); } }
            public partial class B { [Model] public void Model(int n) { Sample("x", new Normal(n, 1)); } }
            """;
        Assert.That(Generate(declarations.EndsWith("Mine", StringComparison.Ordinal) ? $"{declarations} {{ {model} }}" : $"{declarations}\n{model}"), Is.Not.Empty);
    }

    [Test]
    public void TypesThatABodyImports_AreNotMadeAmbiguous()
    {
        var text = Generate("namespace Mine; public static partial class A { [Model] public static void Model(Plate plate) { Sample(\"x\", new Normal(new Site().Number + plate.Number, 1)); } }",
            "namespace Other { public class Site { public int Number; } public class Plate { public int Number; } }", "using Other;\n");
        Assert.That(text, Does.Not.Contain("using Pyro.Programs;"));
    }

    private static string Generate(string source, string other = "", string usings = "") => string.Concat(GeneratorHarness.Generate(
        new ModelGenerator(), [], explain: true, ("Model.cs", usings + Usings + source), ("Other.cs", other)).OrderBy(file => file.Key).Select(file => file.Value));
}
