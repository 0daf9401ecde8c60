namespace Pyro.Analyzers.Tests.Params;

/// <summary>PYRO060: a latent or a parameter cannot reach any observation or the loss.</summary>
public sealed class UnreachedTests
{
    private const string Observed = """Observe("o", new Normal(0f, 1f), x);""";

    [TestCase("""Sample({|PYRO060:"z"|}, new Normal(0f, 1f));""")]
    [TestCase("""var z = Sample({|PYRO060:"z"|}, new Normal(0f, 1f));""")]
    [TestCase("""var z = Sample({|PYRO060:"z"|}, new Normal(0f, 1f)); var twice = z * 2; _ = twice.exp();""")]
    [TestCase("""var z = Sample({|PYRO060:"z"|}, new Normal(0f, 1f)); Sample("later", new Normal(z, 1f));""")]
    [TestCase("""using var z = Sample({|PYRO060:"z"|}, new Normal(0f, 1f)); using var twice = z * 2;""")]
    [TestCase("""Param({|PYRO060:"p"|}, 1f);""")]
    public Task Fires_on_a_value_that_is_dropped(string body) => Verify.Exactly(Source.Model(body + " " + Observed));

    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("p", new Normal(z, 1f), y);""")]
    [TestCase("""using var z = Sample("z", new Normal(0f, 1f)); using var twice = z * 2; Observe("p", new Normal(twice, 1f), y);""")]
    [TestCase("""using (var z = Sample("z", new Normal(0f, 1f))) Observe("p", new Normal(z, 1f), y);""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Factor("f", -z.square());""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Deterministic("twice", z * 2);""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); if (z.item<float>() > 0) Observe("p", new Normal(0f, 2f), y);""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Console.WriteLine(z);""")]
    [TestCase("""var z = Sample("z", new Normal(0f, 1f)); Observe("p", new Normal(z, 1f), y); Sample("next", new Normal(z, 1f));""")]
    [TestCase("""var all = new Tensor[2]; all[0] = Sample("z", new Normal(0f, 1f)); Observe("p", new Normal(all[0], 1f), y);""")]
    [TestCase("""Param("p", 1f); Observe("p_o", new Normal(Param("p"), 1f), y);""")]
    public Task Silent_where_it_is_used_or_a_prediction(string body) => Verify.Exactly(Source.Model(body + " " + Observed));

    [Test]
    public Task Silent_in_a_prior() => Verify.Exactly(Source.Model("""Sample("z", new Normal(0f, 1f));"""));
}
