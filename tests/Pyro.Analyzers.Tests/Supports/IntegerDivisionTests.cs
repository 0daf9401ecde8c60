namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO035: an argument divides integers.</summary>
public sealed class IntegerDivisionTests
{
    [TestCase("new Bernoulli({|PYRO035:1 / 4|})")]
    [TestCase("new Bernoulli(ps: ({|PYRO035:1 / 4|}))")]
    [TestCase("new Normal(-({|PYRO035:n / 2|}), 1)")]
    [TestCase("new Normal(1 + {|PYRO035:n / 2|} * 2, 1f)")]
    [TestCase("new Normal(n / 2f + {|PYRO035:5L / n|}, 1f)")]
    [TestCase("new Normal((float)({|PYRO035:n / 4|}), 1f)")]
    [TestCase("new Normal(n > 2 ? {|PYRO035:n / 4|} : 1, 1f)")]
    public Task Fires_on_the_division(string distribution) => Verify.Diagnostics(Use(distribution));

    [TestCase("new Bernoulli(1 / 4f)")]
    [TestCase("new Bernoulli(1f / n)")]
    [TestCase("new Normal(4 / 2, 1f)")]
    [TestCase("new Normal(0, (float)n / 4)")]
    [TestCase("new Normal(0, 1.0 * n / 4)")]
    [TestCase("new Binomial(n / 2, 0.5f)")]
    [TestCase("new Normal(zeros(n / 2), 1f)")]
    [TestCase("new Normal(zeros(3) / 2, 1f)")]
    public Task Silent_where_nothing_is_lost_or_integers_are_meant(string distribution) => Verify.Diagnostics(Use(distribution));

    [TestCase("Param(\"p\", {|PYRO035:1 / 3|})")]
    [TestCase("Param(\"p\", 1 / 3.0)")]
    [TestCase("Normal.LogProb(zeros(2), {|PYRO035:n / 3|}, 1f)")]
    public Task Looks_at_first_values_and_static_forms(string value) => Verify.Diagnostics(Model($"Sample(\"x\", new Normal({value}, 1f));"));

    [TestCase("var p = {|PYRO035:1 / 4|}; Sample(\"x\", new Bernoulli(p));")]
    [TestCase("float half = {|PYRO035:n / 2|}; Sample(\"x\", new Normal(half, 1f));")]
    [TestCase("Sample(\"x\", new Normal({|PYRO035:Half(n)|}, 1f));")]
    [TestCase("Sample(\"x\", new Normal(Exact(n), 1f));")]
    [TestCase("var half = n / 2; half++; Sample(\"x\", new Normal(half, 1f));")]
    [TestCase("var half = n / 2; Sample(\"x\", new Binomial(half, 0.5f));")]
    public Task Looks_at_variables_and_methods(string body) => Verify.Diagnostics(Model(
        body, "private static float Half(int n) => n / 2; private static float Exact(int n) => n / 2f;"));

    [Test]
    public async Task Says_what_is_lost_and_where() => Assert.That(
        await Verify.Message(Use("new Bernoulli({|PYRO035:1 / 4|})")),
        Is.EqualTo("1 / 4 divides integers and drops the remainder before it is argument 'ps' of Bernoulli: write one of the two as a floating point number"));

    private static string Use(string distribution) => Model($"Sample(\"x\", {distribution});");

    private static string Model(string body, string members = "") => $"public static partial class A {{ [Model] public static void Model(int n) {{ {body} }} {members} }}";
}
