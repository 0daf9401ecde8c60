namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO023: the guide is discrete where the model is continuous, or the reverse.</summary>
public sealed class DiscreteAgainstContinuousTests
{
    [TestCase("""Sample("a", new Beta(1f, 1f));""", """Sample("a", new {|PYRO023:Bernoulli|}(0.5f));""")]
    [TestCase("""Sample("a", new Bernoulli(0.5f));""", """Sample("a", new {|PYRO023:Beta|}(1f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample($"a_{i}", new Normal(1f, 1f));""", """for (var t = 0; t < n; t++) Sample($"a_{t}", new {|PYRO023:Bernoulli|}(0.5f));""")]
    [TestCase("""Sample("a", new Categorical(ones(3) / 3));""", """Sample("a", new {|PYRO023:Normal|}(0f, 1f));""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """var p = Param("p", ones(3) / 3, Constraints.Simplex); Sample("a", new {|PYRO023:Categorical|}(p));""")]
    [TestCase("""Sample("a", new Dirichlet(ones(3)));""", """Sample("a", new {|PYRO023:OneHotCategorical|}(ones(3) / 3));""")]
    [TestCase("""Sample("a", new OneHotCategorical(ones(3) / 3));""", """Sample("a", new {|PYRO023:RelaxedOneHotCategorical|}(0.5f, ones(3) / 3));""")]
    [TestCase("""Sample("a", new Bernoulli(x).ToEvent(1));""", """Sample("a", new {|PYRO023:Normal|}(x, 1f).ToEvent(1));""")]
    public Task Fires_on_the_family_in_the_guide(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase("""Sample("a", new Beta(1f, 1f));""", """Sample("a", new Beta(2f, 2f));""")]
    [TestCase("""Sample("a", new Bernoulli(0.5f));""", """Sample("a", new Bernoulli(logits: 0.5f));""")]
    [TestCase("""Distribution d = x.sum().item<float>() > 0 ? new Normal(0f, 1f) : new Bernoulli(0.5f); Sample("a", d);""", """if (n > 0) Sample("a", new Normal(0f, 1f)); else Sample("a", new Bernoulli(0.5f));""")]
    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new Bernoulli(0.5f));""", """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new Bernoulli(0.5f));""")]
    public Task Silent_where_both_are_of_a_kind_or_not_known(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase("""Distribution d = flag ? new Normal(0f, 1f) : new Bernoulli(0.5f); Sample("a", d);""", """Sample("a", new {|PYRO023:Bernoulli|}(0.5f));""")]
    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new Bernoulli(0.5f));""", """if (!flag) Sample("a", new {|PYRO023:Normal|}(0f, 1f)); else Sample("a", new {|PYRO023:Bernoulli|}(0.5f));""")]
    public Task Fires_where_a_branch_of_the_model_has_the_other_kind(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [Test]
    public async Task Names_both_families() => Assert.That(
        await Verify.Message(Source.Pair("""Sample("a", new Beta(1f, 1f));""", """Sample("a", new {|PYRO023:Bernoulli|}(0.5f));""")),
        Is.EqualTo("Site 'a' is discrete in the guide (Bernoulli) and continuous in the model (Beta)"));
}
