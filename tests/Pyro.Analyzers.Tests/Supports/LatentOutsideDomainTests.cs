namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO036: a latent may be outside the domain of the argument that it feeds.</summary>
public sealed class LatentOutsideDomainTests
{
    [TestCase("""var s = Sample("s", new Normal(0f, 1f)); Observe("o", new Normal(0f, {|PYRO036:s|}), x);""")]
    [TestCase("""var p = Sample("p", new Gamma(1f, 1f)); Observe("o", new Bernoulli({|PYRO036:p|}), x);""")]
    [TestCase("""var s = Sample("s", new Normal(zeros(3), 1f).ToEvent(1)); Observe("o", new Normal(0f, {|PYRO036:s[0]|}), x);""")]
    [TestCase("""var s = Sample("s", new Normal(0f, 1f)); var t = s; var z = Sample("z", new Normal(0f, {|PYRO036:t|})); Observe("o", new Normal(z, 1f), x);""")]
    public Task Latent_WiderThanTheDomain_IsReportedAtTheArgument(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""var s = Sample("s", new Gamma(1f, 1f)); Observe("o", new Normal(0f, s), x);""")]
    [TestCase("""var s = Sample("s", new HalfNormal(1f)); Observe("o", new Normal(0f, s), x);""")]
    [TestCase("""var p = Sample("p", new Beta(1f, 1f)); Observe("o", new Bernoulli(p), x);""")]
    [TestCase("""var m = Sample("m", new Normal(0f, 1f)); Observe("o", new Normal(m, m.exp()), x);""")]
    [TestCase("""var s = Sample("s", new Delta(tensor(1f))); Observe("o", new Normal(0f, s), x);""")]
    [TestCase("""var s = flag ? Sample("s", new Gamma(1f, 1f)) : Sample("t", new Normal(0f, 1f)); Observe("o", new Normal(0f, s), x);""")]
    [TestCase("""var s = Sample("s", flag ? new Gamma(1f, 1f) : new Normal(0f, 1f)); Observe("o", new Normal(0f, s), x);""")]
    [TestCase("""var s = Sample("s", new Normal(0f, 1f)); s = s.exp(); Observe("o", new Normal(0f, s), x);""")]
    public Task Latent_InsideTheDomainOrUnknown_IsLeftAlone(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public async Task Message_NamesSiteArgumentAndBothSets() => Assert.That(
        await Verify.Message(Source.Model("""var p = Sample("p", new Gamma(1f, 1f)); Observe("o", new Bernoulli({|PYRO036:p|}), x);""")),
        Is.EqualTo("Latent site 'p' becomes argument 'ps' of Bernoulli, which must be in [0, 1]: Gamma gives any value that is positive"));
}
