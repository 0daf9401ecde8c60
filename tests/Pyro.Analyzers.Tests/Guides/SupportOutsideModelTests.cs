namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO022: the support of the guide is not inside that of the model.</summary>
public sealed class SupportOutsideModelTests
{
    [TestCase("new Uniform(0f, 10f)", "new {|PYRO022:Normal|}(5f, 1f)")]
    [TestCase("new Beta(1f, 1f)", "new {|PYRO022:LogNormal|}(0f, 1f)")]
    [TestCase("new HalfCauchy(0f, 1f)", "new {|PYRO022:Cauchy|}(0f, 1f)")]
    [TestCase("new Bernoulli(0.5f)", "new {|PYRO022:Poisson|}(0.5f)")]
    [TestCase("new Uniform(0f, 10f)", "new {|PYRO022:Uniform|}(0f, 11f)")]
    [TestCase("new Uniform(b: 10, a: 0).Expand(3).ToEvent(1)", "new {|PYRO022:Normal|}(zeros(3), 1f).ToEvent(1)")]
    [TestCase("new Uniform(tensor(0f), tensor(10f)).Expand(3)", "new {|PYRO022:Normal|}(0f, 1f)")]
    [TestCase("new Gamma(1f, 1f).Mask(x > 0)", "flag ? new {|PYRO022:Normal|}(0f, 1f) : new {|PYRO022:Laplace|}(0f, 1f)")]
    [TestCase("new Dirichlet(ones(3))", "new {|PYRO022:MultivariateNormal|}(zeros(3), eye(3))")]
    [TestCase("new Dirichlet(ones(3))", "new {|PYRO022:Normal|}(zeros(3), ones(3)).ToEvent(1)")]
    [TestCase("new LKJCholesky(2, 1f)", "new {|PYRO022:Normal|}(zeros(2, 2), 1f).ToEvent(2)")]
    public Task Fires_on_the_family_in_the_guide(string model, string guide) => Verify.Diagnostics(Pair(model, guide));

    [TestCase("new Normal(0f, 1f)", "new Uniform(0f, 10f)")]
    [TestCase("new LogNormal(0f, 1f)", "new Exponential(1f)")]
    [TestCase("new RelaxedBernoulli(1f, 0.5f)", "new Beta(1f, 1f)")]
    [TestCase("new Poisson(3f)", "new Bernoulli(0.5f)")]
    [TestCase("new Uniform(0f, x)", "new Normal(0f, 1f)")]
    [TestCase("new Uniform(0f, 10f)", "new Uniform(0f, x)")]
    [TestCase("new Uniform(0, 0.1)", "new Uniform(0f, 0.1f)")]
    [TestCase("new Uniform(-MathF.PI, MathF.PI)", "new VonMises(0f, 1f)")]
    [TestCase("new HalfCauchy(0f, 1f)", "new LogNormal(0f, 1f)")]
    [TestCase("new Uniform(0f, 1f)", "new Beta(1f, 1f)")]
    [TestCase("new Uniform(0f, 10f)", "new TransformedDistribution(new Normal(0f, 1f), Pyro.Distributions.Transforms.Sigmoid.Instance, new Pyro.Distributions.Transforms.Affine(0f, 10f))")]
    [TestCase("new Dirichlet(ones(3))", "new Delta(ones(3) / 3).ToEvent(1)")]
    [TestCase("new Normal(zeros(3), 1f).ToEvent(1)", "new Dirichlet(ones(3))")]
    [TestCase("flag ? new Normal(0f, 1f) : new Gamma(1f, 1f)", "flag ? new Normal(0f, 1f) : new LogNormal(0f, 1f)")]
    [TestCase("x is null ? new Normal(0f, 1f) : (Distribution)new Beta(1f, 1f)", "x.numel() > n ? new Normal(0f, 1f) : (Distribution)new Beta(1f, 1f)")]
    public Task Silent_inside_and_where_it_is_not_known(string model, string guide) => Verify.Diagnostics(Pair(model, guide));

    [TestCase("""Sample("a", flag ? new Normal(0f, 1f) : (Distribution)new Gamma(1f, 1f));""", """Sample("a", new {|PYRO022:Normal|}(0f, 1f));""")]
    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new Gamma(1f, 1f));""", """Sample("a", new {|PYRO022:Normal|}(0f, 1f));""")]
    [TestCase("""if (flag) { Sample("a", new Normal(0f, 1f)); return; } Sample("a", new Gamma(1f, 1f));""", """Sample("a", !flag ? new {|PYRO022:Normal|}(0f, 1f) : (Distribution)new Gamma(1f, 1f));""")]
    [TestCase("""if (n > 2 && flag) Sample("a", new Gamma(1f, 1f)); else Sample("a", new Normal(0f, 1f));""", """if (flag) Sample("a", new {|PYRO022:Normal|}(0f, 1f)); else Sample("a", new Normal(0f, 1f));""")]
    public Task Fires_where_a_branch_of_the_model_has_less(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new Gamma(1f, 1f));""", """Sample("a", !flag ? new Gamma(1f, 1f) : (Distribution)new Normal(0f, 1f));""")]
    [TestCase("""if (n > 2) Sample("a", new Normal(0f, 1f)); else Sample("a", new Gamma(1f, 1f));""", """if (2 < n) Sample("a", new Normal(0f, 1f)); else Sample("a", new Gamma(1f, 1f));""")]
    [TestCase("""n = 3; if (n > 2) Sample("a", new Normal(0f, 1f)); else Sample("a", new Gamma(1f, 1f));""", """if (n > 2) Sample("a", new Gamma(1f, 1f)); else Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < 2; i++) Sample($"a_{i}", i == 0 ? new Normal(0f, 1f) : (Distribution)new Gamma(1f, 1f));""", """for (var i = 0; i < 2; i++) Sample($"a_{i}", i != 0 ? new Gamma(1f, 1f) : (Distribution)new Normal(0f, 1f));""")]
    public Task Silent_where_each_branch_fits_or_cannot_be_compared(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [Test]
    public Task Silent_where_one_of_the_branches_of_the_model_fits() => Verify.Diagnostics(Source.Pair(
        """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new LogNormal(0f, 1f));""",
        """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new LogNormal(0f, 1f));"""));

    [Test]
    public Task Fires_on_what_a_variable_holds() => Verify.Diagnostics(Source.Pair(
        """var prior = new Gamma(1f, 1f); Sample(distribution: prior, name: "a");""",
        """var q = new {|PYRO022:Cauchy|}(0f, 1f); Sample("a", q);"""));

    [Test]
    public Task Fires_once_in_a_method_that_the_guides_share() => Verify.Diagnostics(Source.Pair(
        """Sample("a", new Gamma(1f, 1f));""",
        "Part();",
        members:
        """

            [Guide(nameof(Model))]
            public static void Other(bool flag, int n, Tensor x) => Part();

            private static void Part() => Sample("a", new {|PYRO022:Normal|}(0f, 1f));
        """));

    [Test]
    public async Task Names_both_families() => Assert.That(
        await Verify.Message(Pair("new Uniform(0f, 10f)", "new {|PYRO022:Normal|}(5f, 1f)")),
        Is.EqualTo("Site 'a' may be outside the model's support: Normal gives any value that is a finite number, Uniform wants one that is in [0, 10]"));

    private static string Pair(string model, string guide) => Source.Pair(
        $"""Sample("a", {model});""",
        $"""Sample("a", {guide});""");
}
