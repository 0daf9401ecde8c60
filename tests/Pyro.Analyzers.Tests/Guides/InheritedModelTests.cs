namespace Pyro.Analyzers.Tests.Guides;

/// <summary>A guide of a model of a base type is held against it as one beside it is.</summary>
public sealed class InheritedModelTests
{
    [TestCase("public void {|PYRO020:Guide|}(Tensor x) => Console.WriteLine(x);")]
    [TestCase("""public void {|PYRO020:Guide|}(Tensor x) => Sample({|PYRO021:"y"|}, new Normal(Param("m", 0f), 1f));""")]
    [TestCase("""public void Guide(Tensor x) => Sample("z", new {|PYRO022:Normal|}(Param("m", 0f), 1f));""")]
    [TestCase("""public void Guide(Tensor x) => Sample("z", new Gamma(Param("m", 1f, Constraints.Positive), 1f));""")]
    public Task Guide_OfAnInheritedModel_IsJudged(string guide) => Verify.Diagnostics(Source(guide, "public void Model(Tensor x)"));

    [Test]
    public Task Guide_OfAModelThatMayBeOverridden_IsLeftAlone() => Verify.Diagnostics(Source(
        """public void Guide(Tensor x) => Sample("y", new Normal(Param("m", 0f), 1f));""", "public virtual void Model(Tensor x)"));

    private static string Source(string guide, string model) =>
        $$"""
        public abstract partial class Base<T>
        {
            [Model]
            {{model}}
            {
                var z = Sample("z", new Gamma(1f, 1f));
                Observe("x", new Normal(z, 1f), x);
            }
        }

        public sealed partial class Derived : Base<int>
        {
            [Guide(nameof(Model))]
            {{guide}}
        }
        """;
}
