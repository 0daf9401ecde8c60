namespace Pyro.Analyzers.Tests.Inference;

/// <summary>PYRO040: a latent is estimated by the score function without a baseline.</summary>
public sealed class NoBaselineTests
{
    private const string Coin = """Sample("z", new Bernoulli(0.5f));""";

    [Theory]
    [InlineData("""{|PYRO040:Sample|}("z", new Bernoulli(0.5f));""")]
    [InlineData("""{|PYRO040:Sample|}("z", new Bernoulli(0.5f), new SiteOptions());""")]
    [InlineData("""{|PYRO040:Sample|}("z", new Bernoulli(x).Expand(3));""")]
    [InlineData("""var q = new Bernoulli(0.5f); {|PYRO040:Sample|}("z", q);""")]
    [InlineData("""{|PYRO040:Sample|}("z", new Categorical(ones(2) / 2));""")]
    public Task Fires_on_the_site_of_the_guide(string guide) => Verify.Exactly(Source.Pair(Coin, guide));

    [Theory]
    [InlineData("""Sample("z", new Bernoulli(0.5f), new SiteOptions { Baseline = new Baseline { Value = x } });""")]
    [InlineData("""Sample("z", new Bernoulli(0.5f), new SiteOptions { Enumerate = Enumerate.LockStep });""")]
    [InlineData("""Sample("z", new Bernoulli(0.5f), Options());""")]
    public Task Silent_where_the_estimate_is_chosen(string guide) =>
        Verify.Exactly(Source.Pair(Coin, guide, members: "    private static SiteOptions Options() => new() { Baseline = new Baseline() };"));

    [Fact]
    public Task Silent_on_what_is_reparameterised() => Verify.Exactly(Source.Pair("""Sample("z", new Normal(0f, 1f));""", """Sample("z", new Normal(0f, 1f));"""));

    [Fact]
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
