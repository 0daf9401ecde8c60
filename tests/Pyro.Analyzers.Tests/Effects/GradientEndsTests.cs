namespace Pyro.Analyzers.Tests.Effects;

/// <summary>PYRO072: the gradient ends here.</summary>
public sealed class GradientEndsTests
{
    private const string Normal = """Sample("z", new Normal(0f, 1f));""";

    [TestCase(Normal, """Sample("z", new Normal({|PYRO072:Param("m", 0f).item<float>()|}, 1f));""")]
    [TestCase(Normal, """var m = Param("m", 0f); var d = {|PYRO072:m.detach()|}; Sample("z", new Normal(d + 1, 1f));""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal({|PYRO072:z.item<float>()|}, 1f), x);""", Normal)]
    [TestCase(Normal, """Tensor s; using ({|PYRO072:no_grad()|}) s = Param("s", 0f).exp(); Sample("z", new Normal(0f, s));""")]
    [TestCase(Normal, """using var off = {|PYRO072:no_grad()|}; var m = Param("m", 0f) * 2; Sample("z", new Normal(m, 1f));""")]
    [TestCase("var z = Sample(\"z\", new Normal(0f, 1f)); Factor(\"f\", {|PYRO072:z.detach()|} * x);", Normal)]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal({|PYRO072:(float)z|}, 1f), x);""", Normal)]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal({|PYRO072:z.data<float>()|}[0], 1f), x);""", Normal)]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal(0f, Math.Exp({|PYRO072:z.item<float>()|})), x);""", Normal)]
    public Task Fires_where_the_number_comes_back(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase(Normal, """var m = Param("m", 0f); Console.WriteLine(m.item<float>()); Sample("z", new Normal(m, 1f));""")]
    [TestCase("""var z = Sample("z", new Bernoulli(0.5f)); Observe("o", new Normal(z.item<float>(), 1f), x);""", """Sample("z", new Bernoulli(0.5f));""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal(z, 1f), x);""", Normal)]
    [TestCase(Normal, """var m = Param("m", 0f); using (no_grad()) Console.WriteLine(m * 2); Sample("z", new Normal(m, 1f));""")]
    [TestCase(Normal, """Tensor m; using (no_grad()) m = Param("m", 0f); Sample("z", new Normal(m, 1f));""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal((z.tanh() - z).detach() + z, 1f), x);""", Normal)]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal(z + (z.tanh() - z).detach(), 1f), x);""", Normal)]
    public Task Silent_where_there_is_no_gradient_to_lose(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));
}
