namespace Pyro.Analyzers.Tests.Plates;

/// <summary>PYRO051: the subsample indices are not used.</summary>
public sealed class SubsampleUnusedTests
{
    [TestCase("""using (IArange("p", n, 5)) Observe("o", new Normal(0f, 1f), {|PYRO051:x|});""")]
    [TestCase("""using var p = IArange("p", n, subsampleSize: 5); Observe("o", new Normal(0f, 1f), {|PYRO051:x|});""")]
    [TestCase("""using (IArange("p", 100, subsampleSize: 5)) Sample("o", new Normal(0f, 1f), obs: {|PYRO051:x|});""")]
    [TestCase("""using (IArange(subsampleSize: 5, size: 100, name: "p")) Observe("o", new Normal(0f, 1f), {|PYRO051:x|});""")]
    public Task Fires_on_the_observed_value(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""using (IArange("p", n)) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""using (IArange("p", n, n)) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""using (IArange("p", n, null)) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""using (IArange("p", n, 5, y)) Observe("o", new Normal(0f, 1f), x.index_select(0, y));""")]
    [TestCase("""using var p = IArange("p", n, 5); Observe("o", new Normal(0f, 1f), x.index_select(0, p.Indices));""")]
    [TestCase("""using (IArange("p", 100, subsampleSize: x.shape[0])) Observe("o", new Normal(0f, 1f), x);""")]
    [TestCase("""var batch = x.size(0); using (IArange("p", 100, batch)) Observe("o", new Normal(0f, 1f), x);""")]
    public Task Silent_where_they_are_or_may_be_used(string body) => Verify.Diagnostics(Source.Model(body));
}
