namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO031: a parameter is not constrained to the domain of the argument that it feeds.</summary>
public sealed class UnconstrainedParamTests
{
    [Theory]
    [InlineData("""Sample("a", new Normal(0f, {|PYRO031:Param("sigma", 1f)|}));""")]
    [InlineData("""var p = {|PYRO031:Param("p", tensor(0.5f))|}; Sample("a", new Bernoulli(p));""")]
    [InlineData("""var s = {|PYRO031:Param("s", () => ones(3), null)|}; Sample("a", new Normal(0f, s)); Sample("b", new Normal(0f, s));""")]
    [InlineData("""Sample("a", new Poisson({|PYRO031:Param("rate", 1f, Constraints.Real)|}));""")]
    public Task Fires_on_the_parameter(string body) => Verify.Diagnostics(Source.Model(body));

    [Theory]
    [InlineData("""Sample("a", new Normal(Param("mu", 0f), Param("sigma", 1f, Constraints.Positive)));""")]
    [InlineData("""Sample("a", new Bernoulli(logits: Param("logits", 0f)));""")]
    [InlineData("""Sample("a", new Normal(0f, Param("sigma")));""")]
    [InlineData("""Sample("a", new Normal(0f, Param("log_sigma", 0f).exp()));""")]
    [InlineData("""var s = Param("s", 0f); s = s.exp(); Sample("a", new Normal(0f, s));""")]
    [InlineData("""Sample("a", new Normal(0f, Param("s", 2f, Constraints.GreaterThan(1))));""")]
    public Task Silent_where_it_stays_inside_or_may(string body) => Verify.Diagnostics(Source.Model(body));

    [Fact]
    public async Task Names_the_parameter_and_its_use() => Assert.Equal(
        "Parameter 'sigma' becomes argument 'sigma' of Normal, which must be positive: give it Constraints.Positive",
        await Verify.Message(Source.Model("""Sample("a", new Normal(0f, {|PYRO031:Param("sigma", 1f)|}));""")));

    [Fact]
    public Task Fix_adds_the_constraint() => Verify.FixAll(
        "PYRO031",
        Source.Model(
            """
            var rate = {|PYRO031:Param("rate", initial: 1f)|};
            Sample("a", new Normal(0f, {|PYRO031:Param("sigma", 1f)|}));
            Sample("b", new Bernoulli({|PYRO031:Param("p", 0.5f, null)|}));
            Sample("c", new Poisson(rate));
            """),
        Source.Model(
            """
            var rate = Param("rate", initial: 1f, constraint: Constraints.Positive);
            Sample("a", new Normal(0f, Param("sigma", 1f, Constraints.Positive)));
            Sample("b", new Bernoulli(Param("p", 0.5f, Constraints.UnitInterval)));
            Sample("c", new Poisson(rate));
            """));
}
