namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO031: a parameter is not constrained to the domain of the argument that it feeds.</summary>
public sealed class UnconstrainedParamTests
{
    [Theory]
    [InlineData("""Sample("a", new Normal(0f, {|PYRO031:Param("sigma", 1f)|}));""")]
    [InlineData("""var p = {|PYRO031:Param("p", tensor(0.5f))|}; Sample("a", new Bernoulli(p));""")]
    [InlineData("""var s = {|PYRO031:Param("s", () => ones(3), null)|}; Sample("a", new Normal(0f, s)); Sample("b", new Normal(0f, s));""")]
    [InlineData("""Sample("a", new Poisson({|PYRO031:Param("rate", 1f, Constraints.Real)|}));""")]
    [InlineData("""Sample("a", new Categorical({|PYRO031:Param("p", ones(3) / 3)|}));""")]
    [InlineData("""Sample("a", new Dirichlet({|PYRO031:Param("p", ones(3))|}));""")]
    [InlineData("""Sample("a", new OneHotCategorical(ps: {|PYRO031:Param("p", ones(3) / 3, Constraints.Positive)|}));""")]
    [InlineData("""var s = {|PYRO031:Param("s", ones(3))|}; for (var i = 0; i < 3; i++) Sample($"a_{i}", new Normal(0f, s[i]));""")]
    [InlineData("""var s = {|PYRO031:Param("s", ones(3))|}; Sample("a", new Normal(zeros(3, 4), s.unsqueeze(-1).expand(3, 4)).ToEvent(2));""")]
    [InlineData("""Sample("a", new Normal(0f, {|PYRO031:Param("s", 0.5f, Constraints.Interval(-1, 1))|}));""")]
    [InlineData("""Sample("a", new MultivariateNormal(zeros(3), scaleTril: {|PYRO031:Param("l", eye(3))|}));""")]
    [InlineData("""Sample("a", new ZeroInflated(new Poisson(3f), {|PYRO031:Param("g", 0.5f)|}));""")]
    public Task Fires_on_the_parameter(string body) => Verify.Diagnostics(Source.Model(body));

    [Theory]
    [InlineData("""Sample("a", new Normal(Param("mu", 0f), Param("sigma", 1f, Constraints.Positive)));""")]
    [InlineData("""Sample("a", new Bernoulli(logits: Param("logits", 0f)));""")]
    [InlineData("""Sample("a", new Normal(0f, Param("sigma")));""")]
    [InlineData("""Sample("a", new Normal(0f, Param("log_sigma", 0f).exp()));""")]
    [InlineData("""var s = Param("s", 0f); s = s.exp(); Sample("a", new Normal(0f, s));""")]
    [InlineData("""Sample("a", new Normal(0f, Param("s", 2f, Constraints.GreaterThan(1))));""")]
    [InlineData("""Sample("a", new Categorical(Param("p", ones(3, 3) / 3, Constraints.Simplex)[n]));""")]
    [InlineData("""Sample("a", new Dirichlet(Param("p", ones(3), Constraints.Simplex)));""")]
    [InlineData("""Sample("a", new Bernoulli(Param("p", 0.5f, Constraints.Interval(0.1, 0.9))));""")]
    [InlineData("""Sample("a", new MultivariateNormal(zeros(3), scaleTril: Param("l", eye(3), Constraints.LowerCholesky)));""")]
    [InlineData("""var l = Param("l", eye(2), Constraints.LowerCholesky); Sample("a", new Normal(0f, l[0][0]));""")]
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
