namespace Pyro.Analyzers.Tests.Supports;

/// <summary>PYRO030: a literal argument is outside the distribution's domain.</summary>
public sealed class LiteralArgumentTests
{
    [TestCase("new Normal(0f, {|PYRO030:-1f|})")]
    [TestCase("new Normal(0f, sigma: {|PYRO030:0|})")]
    [TestCase("new Normal({|PYRO030:float.NaN|}, 1f)")]
    [TestCase("new Bernoulli({|PYRO030:1.3|})")]
    [TestCase("new Uniform(5f, {|PYRO030:2f|})")]
    [TestCase("new Uniform(b: {|PYRO030:5|}, a: 5)")]
    [TestCase("new Poisson({|PYRO030:-0.5|})")]
    [TestCase("new Binomial({|PYRO030:2.5|}, 0.5f)")]
    [TestCase("new Beta(new[] { 1f, {|PYRO030:0f|} }, 1f)")]
    [TestCase("new Beta(1f, tensor(new[] { 1f, {|PYRO030:-2f|} }))")]
    [TestCase("new Exponential(tensor({|PYRO030:-2f|}))")]
    [TestCase("new Normal(0f, {|PYRO030:zeros(3)|})")]
    [TestCase("new Normal(0f, full(3, {|PYRO030:-1f|}))")]
    [TestCase("new Uniform(tensor(5f), tensor({|PYRO030:2f|}))")]
    [TestCase("new Dirichlet(new[] { 1f, {|PYRO030:-1f|} })")]
    [TestCase("new Categorical(new[] { 0.5f, {|PYRO030:-0.5f|} })")]
    [TestCase("new ZeroInflated(new Poisson(1f), {|PYRO030:1.5f|})")]
    public Task Fires_on_the_number(string distribution) => Verify.Diagnostics(Use(distribution));

    [TestCase("new Normal(-3f, 1e-30)")]
    [TestCase("new Bernoulli(0f)")]
    [TestCase("new Bernoulli(logits: 3f)")]
    [TestCase("new Poisson(0f)")]
    [TestCase("new Uniform(-5f, -2f)")]
    [TestCase("new Beta(new[] { 1f, 2f }, tensor(1f))")]
    [TestCase("new Normal(0f, tensor(-1f).exp())")]
    public Task Silent_inside_the_domain_and_where_it_is_no_literal(string distribution) => Verify.Diagnostics(Use(distribution));

    [TestCase("var s = {|PYRO030:-1f|}; Sample(\"a\", new Normal(0f, s));")]
    [TestCase("Normal d = new(0f, {|PYRO030:-1f|}); Sample(\"a\", d);")]
    [TestCase("Factor(\"f\", Normal.LogProb(x, 0f, {|PYRO030:-1f|}));")]
    [TestCase("Factor(\"f\", Uniform.LogPdf(x, b: {|PYRO030:1f|}, a: 2f));")]
    public Task Fires_by_variables_and_in_static_forms(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("var s = zeros(3); s[0] = 1f; Sample(\"a\", new Normal(0f, s));")]
    [TestCase("var s = zeros(3); s.add_(1f); Sample(\"a\", new Normal(0f, s));")]
    [TestCase("var s = -1f; if (flag) s = 1f; Sample(\"a\", new Normal(0f, s));")]
    [TestCase("var s = new[] { 0f, 0f }; s[0] = s[1] = 1f; Sample(\"a\", new Normal(0f, s));")]
    public Task Silent_where_the_variable_changes(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("Param(\"a\", {|PYRO030:-1f|}, Constraints.Positive);")]
    [TestCase("Param(\"a\", tensor(new[] { 0.5f, {|PYRO030:1.5f|} }), constraint: Constraints.UnitInterval);")]
    [TestCase("var unit = Constraints.Interval(0, 1); Param(\"a\", {|PYRO030:2f|}, unit);")]
    [TestCase("Param(\"a\", x, Constraints.Interval(1, {|PYRO030:-1|}));")]
    [TestCase("Param(\"a\", x, Constraints.Interval(1, {|PYRO030:1|}));")]
    public Task Fires_on_parameters_and_intervals(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("Param(\"a\", 1f, Constraints.Positive);")]
    [TestCase("Param(\"a\", -1f);")]
    [TestCase("Param(\"a\", -1f, flag ? Constraints.Positive : Constraints.Real);")]
    [TestCase("Param(\"a\", x, Constraints.Interval(-1, n));")]
    [TestCase("Param(\"a\", 0f, Constraints.Interval(-1, 1));")]
    public Task Silent_on_parameters_in_their_constraint(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public async Task Names_the_end_of_an_interval() => Assert.That(
        await Verify.Message(Source.Model("Param(\"a\", x, Constraints.Interval(1, {|PYRO030:-1|}));")),
        Is.EqualTo("Argument 'upper' of Interval must be greater than 1"));

    [Test]
    public async Task Names_the_argument_the_family_and_the_domain() => Assert.That(
        await Verify.Message(Use("new Uniform(5f, {|PYRO030:2f|})")),
        Is.EqualTo("Argument 'b' of Uniform must be above 5"));

    private static string Use(string distribution) => $$"""
        public static class Priors
        {
            public static Distribution Make() => {{distribution}};
        }
        """;
}
