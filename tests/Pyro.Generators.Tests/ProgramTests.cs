using Pyro.Testing.Generation;

namespace Pyro.Generators.Tests;

/// <summary>Shapes of methods and types that models come in: each must give code that compiles without a warning.</summary>
public class ProgramTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using Pyro;
        using Pyro.Distributions;
        using static Pyro.Primitives;
        using static TorchSharp.torch;

        """;

    public static IEnumerable<TestCaseData<string, string>> Shapes() =>
    [
        new("no arguments, a result", """
            public static partial class A { [Model] public static Tensor Model() => Sample("x", new Normal(0, 1)); }
            """),
        new("an instance", """
            public partial class A(float scale) { private readonly float _scale = scale;
                [Model] public Tensor Model(Tensor data, int n = 3) { var x = Sample("x", new Normal(0, _scale)); Helper(); return x + n; }
                private void Helper() { } }
            """),
        new("nested and generic types", """
            namespace Deep.Space { public partial class Outer<T> { public partial record Inner { [Model] public static void Model(List<T> items) {
                foreach (var i in IRange("items", items.Count)) Sample($"x_{i}", new Normal(0, 1)); } } } }
            """),
        new("a qualified primitive and an alias", """
            public static partial class A { [Model] public static void Model() { Pyro.Primitives.Sample("x", new Normal(0, 1)); P.Sample(name: "y", distribution: new Normal(0, 1)); } }
            """),
        new("a dynamic name", """
            public static partial class A { [Model] public static void Model(string name) { Sample(name, new Normal(0, 1)); Sample($"x_{name}", new Normal(0, 1)); } }
            """),
        new("overloads", """
            public static partial class A { [Model] public static void Model(int n) { Sample("x", new Normal(n, 1)); } [Model] public static void Model(float x) { Sample("x", new Normal(x, 1)); } }
            """),
        new("a called model, static and on another object", """
            public partial class B { [Model] public Tensor Prior() => Sample("mu", new Normal(0, 1)); }
            public static partial class A { [Model] public static Tensor Scale(float s) => Sample("s", new LogNormal(0, s));
                [Model] public static void Model(B b) { Sample("x", new Normal(b.Prior(), A.Scale(2f))); } }
            """),
        new("recursion", """
            public static partial class A { [Model] public static Tensor Model(int n) => n == 0 ? Sample("x", new Normal(0, 1)) : Model(n - 1); }
            """),
        new("nested plates and loops", """
            public static partial class A { [Model] public static void Model(Tensor data) {
                using var rows = IArange("rows", data.shape[0]);
                for (var t = 0; t < 3; t++) for (long k = 0; k < 2; k++) Sample($"z_{t}_{k + 1}", new Normal(0, 1)); } }
            """),
        new("a struct and an interface", """
            public partial struct S { [Model] public static void Model() { Sample("x", new Normal(0, 1)); } }
            public partial interface I { [Model] public static void Model() { Sample("x", new Normal(0, 1)); } }
            """),
        new("a guide", """
            public static partial class A { [Model] public static void Model() { Sample("x", new Normal(0, 1)); }
                [Guide(nameof(Model))] public static void Guide() { Sample("x", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive))); } }
            """),
        new("site names that are no identifiers", """
            public static partial class A { [Model] public static void Model() { Sample("größe", new Normal(0, 1)); Sample("1st {x}", new Normal(0, 1)); Sample("\"", new Normal(0, 1)); } }
            """),
        new("many arguments, keywords and nulls", """
            #nullable enable
            public static partial class A { [Model] public static string? Model(Tensor @class, string? text = null, float y = 1.5f, DayOfWeek day = DayOfWeek.Monday, params int[] rest) {
                Observe("x", new Normal(rest.Length, y), @class); return text; } }
            """),
    ];

    [TestCaseSource(nameof(Shapes))]
    public void A_shape_of_program_compiles(string what, string source)
    {
        var files = GeneratorHarness.Generate(new ModelGenerator(), [TrackingNames.Models, TrackingNames.Guides],
            ("Model.cs", Usings.Replace("using static TorchSharp.torch;\n", "using static TorchSharp.torch;\nusing P = Pyro.Primitives;\n") + source));
        Assert.That(files.Count > 0, what);
        Assert.That(files.Values, Has.All.Contains("__context"));
    }

    public static IEnumerable<string> Refused() => [
        "public static class A { [Model] public static void Model() { Sample(\"x\", new Normal(0, 1)); } }",
        "public static partial class A { [Model] public static async System.Threading.Tasks.Task Model() { await System.Threading.Tasks.Task.Yield(); } }",
        "public static partial class A { [Model] public static void Model<T>() { } }",
        "public static partial class A { [Model] public static void Model(ref int x) { } }",
        "public static partial class A { [Model] public static IEnumerable<int> Model() { yield return 1; } }",
        "public partial interface I<in T> { [Model] public static void Model() { } }",
        "public static partial class A { [Model, Guide(\"Other\")] public static void Model() { } }",
        "public partial class A { public int CompiledModel { get; set; } [Model] public void Model() { } }",
        "public partial class A { private class ModelTrace { } [Model] public void Model() { } }",
        "file class Data { } public static partial class A { [Model] public static void Model() { var data = new Data(); Sample(\"x\", new Normal(data is null ? 0 : 1, 1)); } }",
        "file class Data { } file partial class B { [Model] public static void Model(Data data) { } }",
        "file static class Ext { public static int Twice(this int n) => 2 * n; } public static partial class A { [Model] public static void Model(int n) { Sample(\"x\", new Normal(n.Twice(), 1)); } }",
        "public partial class A { private class ModelSites { } [Model] public void Model() { } }",
        "public partial class A { private int ModelPlates => 1; [Model] public void Model() { } }",
        "public partial class ModelProgram { [Model] public static void Model() { } }",
        "public partial class A { private void RunModel(Pyro.Programs.RunContext of) { } [Model] public void Model() { } }"];

    [TestCaseSource(nameof(Refused))]
    public void What_cannot_be_a_model_is_left_alone(string source) =>
        Assert.That(GeneratorHarness.Generate(new ModelGenerator(), [], ("Model.cs", Usings + source)), Is.Empty);

    [Test]
    public void A_body_is_mapped_to_the_users_file()
    {
        var text = GeneratorHarness.Generate(new ModelGenerator(), [],
            ("Model.cs", Usings + "public static partial class A\n{\n[Model]\npublic static void Model()\n{\nSample(\"x\", new Normal(0, 1));\n}\n}")).Values.Single();
        Assert.That(text, Does.Contain("#line 11 \"Model.cs\"\n{\n#line (12,1)-(12,30) 49 \"Model.cs\"\n__context.Sample("));
    }
}
