namespace Pyro.Analyzers.Tests.Plates;

/// <summary>PYRO053: the iterations of a loop run one after another.</summary>
public sealed class SequentialLoopTests
{
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) { if (flag) Observe($"x_{i}", new Normal(0f, 1f), x[i]); }""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Sample($"x_{i}", new Bernoulli(0.5f));""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Sample($"x_{i}", new Normal(i, 1f));""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Sample($"x_{i + 1}", new Normal(0f, 1f));""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Observe($"x_{i}", new Normal(0f, 1f), x[i + 1]);""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Observe($"x_{i}", new Normal(0f, 1f), y);""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Observe($"x_{i}", new Normal(x[i].sum(), 1f), y[i]);""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) Sample($"x_{i}", new Dirichlet(x));""")]
    [TestCase("""var last = x[0]; foreach (var i in {|PYRO053:IRange("p", n)|}) { last = x[i]; Observe($"x_{i}", new Normal(0f, 1f), last); }""")]
    public Task Fires_on_what_does_not_run_as_one(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""foreach (var i in IRange("p", n)) Observe($"x_{i}", new Normal(0f, 1f), x[i]);""")]
    [TestCase("""foreach (var i in IRange("p", n)) { var z = Sample($"z_{i}", new Normal(x[0], 1f)); Observe($"x_{i}", new Normal((z * x[i]).tanh(), exp(y[i])), y[i]); }""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample($"x_{i}", new Bernoulli(0.5f));""")]
    [TestCase("""using (IArange("p", n)) Sample("x", new Bernoulli(0.5f));""")]
    public Task Silent_where_it_does_and_on_other_loops(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public async Task Says_why() => Assert.That(
        await Verify.Message(Source.Model("""foreach (var i in {|PYRO053:IRange("p", n)|}) Sample($"x_{i}", new Normal(i, 1f));""")),
        Is.EqualTo("The iterations of this loop run one after another and not as one: it uses its index as a number: i"));
}
