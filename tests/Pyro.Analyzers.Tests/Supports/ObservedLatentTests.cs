namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO033 and PYRO034: an observed value depends on a latent site, as it is or transformed.</summary>
public sealed class ObservedLatentTests
{
    private const string Latent = """var z = Sample("z", new Gamma(1f, 1f)); """;

    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO033:z|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO033:x - 2 * z|});""")]
    [TestCase("""var r = x - z; Observe("o", new Normal(0f, 1f), {|PYRO033:r|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:z.log()|});""")]
    [TestCase("""var l = log(z) + 1; Observe("o", new Normal(0f, 1f), {|PYRO034:l|});""")]
    [TestCase("""Sample("o", new Normal(0f, 1f), obs: {|PYRO033:z|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:z * z|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:1 / z|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:z.log()|}); Factor("f", x.sum());""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:z.dot(z)|});""")]
    [TestCase("""var w = z + 1; Observe("o", new Normal(0f, 1f), {|PYRO034:w.matmul(z)|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO033:x.dot(z)|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:Power(z, x)|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO034:Times(z, z)|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO033:Times(z, x)|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO033:Power(x, z)|});""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), {|PYRO033:Square(z)|});""")]
    public Task Fires_on_the_value(string observation) => Verify.Diagnostics(Source.Model(Latent + observation, Members));

    [TestCase("""Observe("o", new Normal(z, 1f), x);""")]
    [TestCase("""Observe("o", new Normal(z, 1f), x.log());""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), z.item<float>() > 0 ? x : y);""")]
    [TestCase("""var data = x; data = z; data = y; Observe("o", new Normal(0f, 1f), data);""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), z.log()); Factor("jacobian", -z.log());""")]
    [TestCase("""var l = log(z); Observe("o", new Normal(0f, 1f), l); Factor("jacobian", -l);""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), x[z.to(ScalarType.Int64)]);""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), x.index_select(0, z.to(ScalarType.Int64)));""")]
    [TestCase("""Observe("o", new Normal(0f, 1f), where(z > 1, x, y));""")]
    public Task Silent_on_data(string observation) => Verify.Diagnostics(Source.Model(Latent + observation));

    private const string Members =
        """
            private static Tensor Power(Tensor a, Tensor b) => a.exp() + b;

            private static Tensor Times(Tensor a, Tensor b) { var c = a; return a * b + c; }

            private static Tensor Square(Tensor side) => side + side;
        """;
}
