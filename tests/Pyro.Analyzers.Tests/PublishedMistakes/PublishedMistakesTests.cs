namespace Pyro.Analyzers.Tests.PublishedMistakes;

/// <summary>
/// Mistakes that people make in probabilistic programs, each as a program of its own: it has the diagnostics that are marked, and no other. The first was found in one of
/// Pyro's own examples by Lee, Yu, Rival and Yang, "Towards verified stochastic variational inference for probabilistic programs" (POPL 2020); the others are of kinds that
/// guides and models are commonly wrong in, and are written for this test.
/// </summary>
public sealed class PublishedMistakesTests
{
    public static IEnumerable<TestCaseData<string, string, string>> Pairs =>
    [
        new("A Normal guide for a Uniform(0, 10) site (Lee et al., POPL 2020)",
            """Sample("z", new Uniform(0f, 10f));""",
            """Sample("z", new {|PYRO022:Normal|}(Param("mu", 5f), Param("sigma", 1f, Constraints.Positive)));"""),
        new("A Normal guide for the probabilities of a Dirichlet",
            """var p = Sample("p", new Dirichlet(ones(3))); Observe("o", new Categorical(p), x);""",
            """Sample("p", new {|PYRO022:Normal|}(Param("mu", ones(3) / 3), Param("sigma", ones(3), Constraints.Positive)).ToEvent(1));"""),
        new("Probabilities of a mixture that are learned without a simplex",
            """Sample("k", new Categorical(ones(3) / 3));""",
            """Sample("k", new Categorical({|PYRO031:Param("ps", ones(3) / 3, Constraints.Positive)|}));"""),
        new("A plate of 4 in the guide for one of 5 in the model",
            """using (IArange("rows", 5)) Sample("z", new Normal(0f, 1f));""",
            """using (IArange("rows", {|PYRO052:4|})) Sample("z", new Normal(0f, 1f));"""),
        new("A site that the guide has on one branch only",
            """Sample("z", new Normal(0f, 1f));""",
            """if (flag) Sample({|PYRO020:"z"|}, new Normal(0f, 1f));"""),
        new("A discrete guide for a continuous site",
            """Sample("p", new Beta(1f, 1f));""",
            """Sample("p", new {|PYRO023:Bernoulli|}(0.5f));"""),
        new("A guide for a site that has another name in the model",
            """Sample("latent", new Normal(0f, 1f)); Sample("other", new Normal(0f, 1f));""",
            """Sample("latent", new Normal(0f, 1f)); Sample("other", new Normal(0f, 1f)); Sample({|PYRO021:"latents"|}, new Normal(0f, 1f));"""),
        new("A scale that is learned without a constraint",
            """Sample("z", new Normal(0f, 1f));""",
            """Sample("z", new Normal(Param("mu", 0f), {|PYRO031:Param("sigma", 1f)|}));"""),
        new("A guide that observes",
            """var z = Sample("z", new Normal(0f, 1f)); Observe("o", new Normal(z, 1f), x);""",
            """var z = Sample("z", new Normal(0f, 1f)); {|PYRO026:Observe|}("o", new Normal(z, 1f), x);"""),
        new("A site in a plate whose guide has none",
            """using (IArange("rows", n)) Sample("z", new Normal(0f, 1f));""",
            """{|PYRO024:Sample|}("z", new Normal(0f, 1f));"""),
        new("A branch on a continuous latent under a reparameterised guide",
            """var z = Sample("z", new Normal(0f, 5f)); if ({|PYRO041:z.item<float>() > 0|}) Observe("o", new Normal(1f, 1f), x); else Observe("o", new Normal(-2f, 1f), x);""",
            """Sample("z", new Normal(Param("mu", 0f), 1f));"""),
    ];

    public static IEnumerable<TestCaseData<string, string>> Models =>
    [
        new("One name for the sites of a loop", """for (var i = 0; i < n; i++) Observe({|PYRO011:"obs"|}, new Normal(0f, 1f), x[i]);"""),
        new("A walk whose steps are declared independent", """var z = x; foreach (var t in IRange("t", n)) z = {|PYRO050:Sample|}($"z_{t}", new Normal(z, 1f));"""),
        new("A walk over an array whose steps are declared independent", """var zs = new Tensor[n]; foreach (var t in IRange("t", n)) zs[t] = {|PYRO050:Sample|}($"z_{t}", new Normal(t == 0 ? x : zs[t - 1], 1f));"""),
        new("A subsample that is never taken", """using (IArange("data", 1000, subsampleSize: 100)) Observe("obs", new Normal(0f, 1f), {|PYRO051:x|});"""),
        new("Noise that is not a site", """Observe("obs", new Normal(x + {|PYRO070:randn(3)|}, 1f), y);"""),
        new("A prior on the logarithm of a latent, without its Jacobian", """var tau = Sample("tau", new Gamma(1f, 1f)); Observe("prior", new Normal(0f, 1f), {|PYRO034:tau.log()|});"""),
    ];

    [TestCaseSource(nameof(Pairs))]
    public async Task Of_a_guide_is_found(string mistake, string model, string guide)
    {
        Assert.That(mistake, Is.Not.Empty);
        // Where the guide lacks the site altogether its own name is marked.
        await Verify.Diagnostics(Source.Pair(model, guide));
    }

    [TestCaseSource(nameof(Models))]
    public async Task Of_a_model_is_found(string mistake, string model)
    {
        Assert.That(mistake, Is.Not.Empty);
        await Verify.Diagnostics(Source.Model(model));
    }
}
