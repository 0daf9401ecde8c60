namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO032: a literal observation is outside the distribution's support.</summary>
public sealed class ObservationTests
{
    [TestCase("""Observe("y", new Bernoulli(0.5f), tensor({|PYRO032:2f|}));""")]
    [TestCase("""Observe("y", new Poisson(3f), tensor(new[] { 1f, {|PYRO032:0.5f|}, {|PYRO032:-1f|} }));""")]
    [TestCase("""Observe("y", new LogNormal(0f, 1f), {|PYRO032:-3f|});""")]
    [TestCase("""Observe("y", new Uniform(0f, 10f), tensor({|PYRO032:12f|}));""")]
    [TestCase("""Observe("y", new Binomial(10f, 0.5f), tensor({|PYRO032:11f|}));""")]
    [TestCase("""Sample("y", new Bernoulli(0.5f), obs: tensor({|PYRO032:2f|}));""")]
    [TestCase("""Observe("y", new Bernoulli(0.5f).Expand(2).ToEvent(1), tensor(new[] { 1f, {|PYRO032:2f|} }));""")]
    [TestCase("""var data = tensor(new[] { 1f, {|PYRO032:-2f|} }); Observe("y", new Poisson(1f), data);""")]
    [TestCase("""Observe("y", new Gamma(1f, 1f), {|PYRO032:zeros(3)|});""")]
    public Task Fires_on_the_number(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""Observe("y", new Bernoulli(0.5f), tensor(1f));""")]
    [TestCase("""Observe("y", new Uniform(0f, x), tensor(12f));""")]
    [TestCase("""Observe("y", new LogNormal(0f, 1f), x);""")]
    [TestCase("""Observe("y", new HalfCauchy(-3f, 1f), tensor(-2f));""")]
    [TestCase("""var data = zeros(3); data[0] = 1f; data += 1f; Observe("y", new Gamma(1f, 1f), data);""")]
    [TestCase("""Observe("y", new Uniform(0, 0.1), tensor(0.1f));""")]
    public Task Silent_inside_the_support_and_where_it_is_not_known(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public async Task Names_the_family_and_the_support() => Assert.That(
        await Verify.Message(Source.Model("""Observe("y", new Bernoulli(0.5f), tensor({|PYRO032:2f|}));""")),
        Is.EqualTo("Bernoulli has no value like this: an observation must be 0 or 1"));
}
