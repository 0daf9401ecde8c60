namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO025 and PYRO027: a guide has a model, and its parameters.</summary>
public sealed class SignatureTests
{
    [TestCase("Tensor data, int n", "{|PYRO025:(Tensor data)|}")]
    [TestCase("Tensor data", "{|PYRO025:()|}")]
    [TestCase("", "{|PYRO025:(Tensor data)|}")]
    [TestCase("Tensor data, int n", "(Tensor data, {|PYRO025:long|} n)")]
    [TestCase("Tensor data, float[] xs", "({|PYRO025:float[]|} xs, Tensor data)")]
    public Task Fires_on_what_differs(string model, string guide) => Verify.Diagnostics(Pair(model, guide));

    [TestCase("", "()")]
    [TestCase("Tensor data, int n", "(Tensor x, int m)")]
    [TestCase("Tensor data, int n = 3", "(Tensor data, int n)")]
    [TestCase("Tensor? data, string? s", "(Tensor data, string s)")]
    [TestCase("(Tensor x, int n) data", "((Tensor, int) data)")]
    public Task Silent_where_types_agree(string model, string guide) => Verify.Diagnostics(Pair(model, guide));

    [Test]
    public Task Silent_where_an_overload_of_the_model_fits() => Verify.Diagnostics(
        """
        public partial class Models
        {
            [Model]
            public void Model(int n) => Sample("x", new Normal(n, 1f));

            [Model]
            public void Model(Tensor n) => Sample("x", new Normal(n, 1f));

            [Guide(nameof(Model))]
            public void Guide(Tensor data) => Sample("x", new Normal(0f, 2f));
        }
        """);

    [Test]
    public async Task Names_the_model_and_its_parameters() => Assert.That(
        await Verify.Message(Pair("Tensor data, int n", "{|PYRO025:()|}")),
        Is.EqualTo("Guide 'Guide' must have the parameters of its model 'Model': (Tensor data, int n)"));

    [TestCase("\"Modle\"")]
    [TestCase("nameof(Other)")]
    [TestCase("model: nameof(Models)")]
    public Task Fires_on_a_name_that_is_no_model(string name) => Verify.Diagnostics(
        $$"""
        public partial class Models
        {
            [Model]
            public void Model() => Sample("x", new Normal(0f, 1f));

            public void Other() => Console.WriteLine();

            [Guide({{Marked(name)}})]
            public void Guide() => Sample("x", new Normal(0f, 2f));
        }
        """);

    [Test]
    public Task Silent_where_a_base_type_has_the_model() => Verify.Diagnostics(
        """
        public partial class Base
        {
            [Model]
            public void Model() => Sample("x", new Normal(0f, 1f));
        }

        public partial class Derived : Base
        {
            [Guide(nameof(Model))]
            public void Guide() => Sample("x", new Normal(0f, 2f));
        }
        """);

    [Test]
    public Task Leaves_a_name_that_does_not_compile_to_the_compiler() => Verify.Diagnostics(
        """
        public partial class Models
        {
            [Guide(nameof({|CS0103:Model|}))]
            public void Guide() => Sample("x", new Normal(0f, 2f));
        }
        """);

    private static string Marked(string argument) => argument.Split(": ") is [var label, var name]
        ? $$"""{{label}}: {|PYRO027:{{name}}|}"""
        : $$"""{|PYRO027:{{argument}}|}""";

    private static string Pair(string model, string guide) =>
        $$"""
        public static partial class Models
        {
            [Model]
            public static void Model({{model}}) => Sample("x", new Normal(0f, 1f));

            [Guide(nameof(Model))]
            public static void Guide{{guide}} => Sample("x", new Normal(0f, 2f));
        }
        """;
}
