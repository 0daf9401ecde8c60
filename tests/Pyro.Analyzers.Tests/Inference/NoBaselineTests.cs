namespace Pyro.Analyzers.Tests.Inference;

/// <summary>PYRO040: a latent is estimated by the score function without a baseline.</summary>
public sealed class NoBaselineTests
{
    private const string Coin = """Sample("z", new Bernoulli(0.5f));""";

    [TestCase("""{|PYRO040:Sample|}("z", new Bernoulli(0.5f));""")]
    [TestCase("""{|PYRO040:Sample|}("z", new Bernoulli(0.5f), new SiteOptions());""")]
    [TestCase("""{|PYRO040:Sample|}("z", new Bernoulli(x).Expand(3));""")]
    [TestCase("""var q = new Bernoulli(0.5f); {|PYRO040:Sample|}("z", q);""")]
    [TestCase("""{|PYRO040:Sample|}("z", new Categorical(ones(2) / 2));""")]
    public Task Fires_on_the_site_of_the_guide(string guide) => Verify.Exactly(Source.Pair(Coin, guide));

    [TestCase("""Sample("z", new Bernoulli(0.5f), new SiteOptions { Baseline = new Baseline { Value = x } });""")]
    [TestCase("""Sample("z", new Bernoulli(0.5f), new SiteOptions { Enumerate = Enumerate.LockStep });""")]
    [TestCase("""Sample("z", new Bernoulli(0.5f), Options());""")]
    public Task Silent_where_the_estimate_is_chosen(string guide) =>
        Verify.Exactly(Source.Pair(Coin, guide, members: "    private static SiteOptions Options() => new() { Baseline = new Baseline() };"));

    [Test]
    public Task Silent_on_what_is_reparameterised() => Verify.Exactly(Source.Pair("""Sample("z", new Normal(0f, 1f));""", """Sample("z", new Normal(0f, 1f));"""));

    [Test]
    public Task Fix_adds_one_everywhere() => Verify.FixAll(
        "PYRO040",
        Source.Pair(
            """Sample("a", new Bernoulli(0.5f)); Sample("b", new Poisson(1f)); Sample("c", new Bernoulli(0.5f));""",
            """
            {|PYRO040:Sample|}("a", new Bernoulli(0.5f));
            {|PYRO040:Sample|}(name: "b", distribution: new Poisson(1f));
            {|PYRO040:Sample|}("c", new Bernoulli(0.5f), new SiteOptions());
            """),
        Source.Pair(
            """Sample("a", new Bernoulli(0.5f)); Sample("b", new Poisson(1f)); Sample("c", new Bernoulli(0.5f));""",
            """
            Sample("a", new Bernoulli(0.5f), new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true } });
            Sample(name: "b", distribution: new Poisson(1f), options: new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true } });
            Sample("c", new Bernoulli(0.5f), new SiteOptions { Baseline = new Baseline { UseDecayingAverage = true } });
            """));
}
