namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO022: the support of the guide is not inside that of the model.</summary>
public sealed class SupportOutsideModelTests
{
    [Theory]
    [InlineData("new Uniform(0f, 10f)", "new {|PYRO022:Normal|}(5f, 1f)")]
    [InlineData("new Beta(1f, 1f)", "new {|PYRO022:LogNormal|}(0f, 1f)")]
    [InlineData("new HalfCauchy(0f, 1f)", "new {|PYRO022:Cauchy|}(0f, 1f)")]
    [InlineData("new Bernoulli(0.5f)", "new {|PYRO022:Poisson|}(0.5f)")]
    [InlineData("new Uniform(0f, 10f)", "new {|PYRO022:Uniform|}(0f, 11f)")]
    public Task Fires_on_the_family_in_the_guide(string model, string guide) => Verify.Diagnostics(Pair(model, guide));

    [Theory]
    [InlineData("new Normal(0f, 1f)", "new Uniform(0f, 10f)")]
    [InlineData("new LogNormal(0f, 1f)", "new Exponential(1f)")]
    [InlineData("new RelaxedBernoulli(1f, 0.5f)", "new Beta(1f, 1f)")]
    [InlineData("new Poisson(3f)", "new Bernoulli(0.5f)")]
    [InlineData("new Uniform(0f, x)", "new Normal(0f, 1f)")]
    [InlineData("new Uniform(0f, 10f)", "new Uniform(0f, x)")]
    [InlineData("flag ? new Normal(0f, 1f) : (Distribution)new Beta(1f, 1f)", "new Normal(0f, 1f)")]
    public Task Silent_inside_and_where_it_is_not_known(string model, string guide) => Verify.Diagnostics(Pair(model, guide));

    [Fact]
    public Task Silent_where_one_of_the_branches_of_the_model_fits() => Verify.Diagnostics(Source.Pair(
        """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new LogNormal(0f, 1f));""",
        """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new LogNormal(0f, 1f));"""));

    [Fact]
    public async Task Names_both_families() => Assert.Equal(
        "Site 'a' may be outside the model's support: Normal gives any value that is a finite number, Uniform wants one that is in [0, 10]",
        await Verify.Message(Pair("new Uniform(0f, 10f)", "new {|PYRO022:Normal|}(5f, 1f)")));

    private static string Pair(string model, string guide) => Source.Pair(
        $"""Sample("a", {model});""",
        $"""Sample("a", {guide});""");
}
