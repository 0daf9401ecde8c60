namespace Pyro.Analyzers.Tests.Inference;

/// <summary>PYRO041: a reparameterised latent decides.</summary>
public sealed class BiasedGradientTests
{
    private const string Guide = """Sample("z", new Normal(0f, 1f));""", Latent = """var z = Sample("z", new Normal(0f, 1f)); """;

    [TestCase("""if ({|PYRO041:z.item<float>() > 0|}) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""Observe("o", new Normal({|PYRO041:z.round()|}, 1f), x);""")]
    [TestCase("""var m = {|PYRO041:z.item<float>() < 1|} ? 1f : 2f; Observe("o", new Normal(m, 1f), x);""")]
    [TestCase("""Observe("o", new Normal(where({|PYRO041:z > 0|}, 1f, -1f), 1f), x);""")]
    [TestCase("""Observe("o", new Normal({|PYRO041:z.gt(0)|} * x, 1f), x);""")]
    [TestCase("""if ({|PYRO041:(z > 0).item<bool>()|}) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""if ({|PYRO041:flag && z.gt(0).item<bool>()|}) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""var up = z.item<float>() > 0; if ({|PYRO041:up|}) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""if ({|PYRO041:z.item<float>() is > 0 and < 2|}) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""switch ({|PYRO041:z.item<float>()|}) { case > 0: Observe("o", new Normal(0f, 1f), x); break; }""")]
    [TestCase("""var m = {|PYRO041:z.item<float>()|} switch { > 0 => 1f, _ => -1f }; Observe("o", new Normal(m, 1f), x);""")]
    [TestCase("""for (var i = 0; {|PYRO041:i < z.item<float>()|}; i++) Observe($"o_{i}", new Normal(0f, 1f), x);""")]
    [TestCase("""var i = 0; while ({|PYRO041:i < z.item<float>()|}) Observe($"o_{i++}", new Normal(0f, 1f), x);""")]
    [TestCase("""Observe("o", new Normal(x[{|PYRO041:z.argmax()|}], 1f), x);""")]
    [TestCase("""Observe("o", new Normal(x[{|PYRO041:z.to(ScalarType.Int64)|}], 1f), x);""")]
    [TestCase("""var big = z > 0; Observe("o", new Normal(where({|PYRO041:big|}, x, -x), 1f), x);""")]
    [TestCase("""var count = (int)z.item<float>(); for (var i = 0; {|PYRO041:i < count|}; i++) Observe($"o_{i}", new Normal(0f, 1f), x);""")]
    [TestCase("""foreach (var i in {|PYRO041:Enumerable.Range(0, (int)z.item<float>())|}) Observe($"o_{i}", new Normal(0f, 1f), x);""")]
    [TestCase("""Observe("o", new Normal({|PYRO041:Step(z)|}, 1f), x);""")]
    [TestCase("""if ({|PYRO041:IsBig(z, n)|}) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""var m = 0f; if ({|PYRO041:z.item<float>() > 0|}) m = 1f; Observe("o", new Normal(m, 1f), x);""")]
    public Task Fires_on_the_decision(string rest) => Verify.Diagnostics(Source.Pair(Latent + rest, Guide, members: Members));

    [TestCase("""Observe("o", new Normal(z.tanh(), 1f), x);""")]
    [TestCase("""if (z.item<float>() > 9) Console.WriteLine("far out"); Observe("o", new Normal(z, 1f), x);""")]
    [TestCase("""if (n > 0) Observe("o", new Normal(z, 1f), x);""")]
    [TestCase("""Observe("o", new Normal(where(z > 0, z, 0.1 * z), 1f), x);""")]
    [TestCase("""Observe("o", new Normal(z * z.gt(0), 1f), x);""")]
    [TestCase("""Observe("o", new Normal(z * (z > 0), 1f), x);""")]
    [TestCase("""Observe("o", new Normal(z.item<float>() > 0 ? z : -z, 1f), x);""")]
    [TestCase("""Observe("o", new Normal(z + (z.round() - z).detach(), 1f), x);""")]
    [TestCase("""Observe("o", new Normal(where(x > 0, z, 0f), 1f), x);""")]
    [TestCase("""Observe("o", new Normal(z.clamp(0, 1).relu().abs(), 1f), x);""")]
    [TestCase("""Tensor? w = flag ? z : null; if (w is not null) Observe("o", new Normal(w, 1f), x);""")]
    [TestCase("""Tensor? w = flag ? z : null; Observe("o", new Normal(w switch { null => zeros(1), _ => w }, 1f), x);""")]
    [TestCase("""Observe("o", new Normal(Smooth(z), 1f), x);""")]
    [TestCase("""if (IsBig(x, n)) Observe("o", new Normal(z, 1f), x);""")]
    [TestCase("""foreach (var i in Enumerable.Range(0, n)) Observe($"o_{i}", new Normal(z, 1f), x);""")]
    [TestCase("""var m = z; if (z.item<float>() < 0) m = -z; Observe("o", new Normal(m, 1f), x);""")]
    [TestCase("""var far = 0; if (z.item<float>() > 9) far = 1; Console.WriteLine(far); Observe("o", new Normal(z, 1f), x);""")]
    public Task Silent_where_it_decides_no_site(string rest) => Verify.Diagnostics(Source.Pair(Latent + rest, Guide, members: Members));

    private const string Members =
        """
            private static Tensor Step(Tensor a) => a.round() + 1;

            private static Tensor Smooth(Tensor a) => a.tanh();

            private static bool IsBig(Tensor a, int n) => a.item<float>() > n;
        """;

    [Test]
    public Task Silent_without_a_guide() => Verify.Diagnostics(Source.Model(Latent + """if (z.item<float>() > 0) Observe("o", new Normal(0f, 1f), x);"""));
}
