namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO031: a parameter is not constrained to the domain of the argument that it feeds.</summary>
public sealed class UnconstrainedParamTests
{
    [TestCase("""Sample("a", new Normal(0f, {|PYRO031:Param("sigma", 1f)|}));""")]
    [TestCase("""var p = {|PYRO031:Param("p", tensor(0.5f))|}; Sample("a", new Bernoulli(p));""")]
    [TestCase("""var s = {|PYRO031:Param("s", () => ones(3), null)|}; Sample("a", new Normal(0f, s)); Sample("b", new Normal(0f, s));""")]
    [TestCase("""Sample("a", new Poisson({|PYRO031:Param("rate", 1f, Constraints.Real)|}));""")]
    [TestCase("""Sample("a", new Categorical({|PYRO031:Param("p", ones(3) / 3)|}));""")]
    [TestCase("""Sample("a", new Dirichlet({|PYRO031:Param("p", ones(3))|}));""")]
    [TestCase("""Sample("a", new OneHotCategorical(ps: {|PYRO031:Param("p", ones(3) / 3, Constraints.Positive)|}));""")]
    [TestCase("""var s = {|PYRO031:Param("s", ones(3))|}; for (var i = 0; i < 3; i++) Sample($"a_{i}", new Normal(0f, s[i]));""")]
    [TestCase("""var s = {|PYRO031:Param("s", ones(3))|}; Sample("a", new Normal(zeros(3, 4), s.unsqueeze(-1).expand(3, 4)).ToEvent(2));""")]
    [TestCase("""Sample("a", new Normal(0f, {|PYRO031:Param("s", 0.5f, Constraints.Interval(-1, 1))|}));""")]
    [TestCase("""Sample("a", new MultivariateNormal(zeros(3), scaleTril: {|PYRO031:Param("l", eye(3))|}));""")]
    [TestCase("""Sample("a", new ZeroInflated(new Poisson(3f), {|PYRO031:Param("g", 0.5f)|}));""")]
    public Task Fires_on_the_parameter(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""Sample("a", new Normal(Param("mu", 0f), Param("sigma", 1f, Constraints.Positive)));""")]
    [TestCase("""Sample("a", new Bernoulli(logits: Param("logits", 0f)));""")]
    [TestCase("""Sample("a", new Normal(0f, Param("sigma")));""")]
    [TestCase("""Sample("a", new Normal(0f, Param("log_sigma", 0f).exp()));""")]
    [TestCase("""var s = Param("s", 0f); s = s.exp(); Sample("a", new Normal(0f, s));""")]
    [TestCase("""Sample("a", new Normal(0f, Param("s", 2f, Constraints.GreaterThan(1))));""")]
    [TestCase("""Sample("a", new Categorical(Param("p", ones(3, 3) / 3, Constraints.Simplex)[n]));""")]
    [TestCase("""Sample("a", new Dirichlet(Param("p", ones(3), Constraints.Simplex)));""")]
    [TestCase("""Sample("a", new Bernoulli(Param("p", 0.5f, Constraints.Interval(0.1, 0.9))));""")]
    [TestCase("""Sample("a", new MultivariateNormal(zeros(3), scaleTril: Param("l", eye(3), Constraints.LowerCholesky)));""")]
    [TestCase("""var l = Param("l", eye(2), Constraints.LowerCholesky); Sample("a", new Normal(0f, l[0][0]));""")]
    public Task Silent_where_it_stays_inside_or_may(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public async Task Names_the_parameter_and_its_use() => Assert.That(
        await Verify.Message(Source.Model("""Sample("a", new Normal(0f, {|PYRO031:Param("sigma", 1f)|}));""")),
        Is.EqualTo("Parameter 'sigma' becomes argument 'sigma' of Normal, which must be positive: give it Constraints.Positive"));

    [Test]
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
