namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO020: a latent site of the model has no counterpart in the guide.</summary>
public sealed class SiteMissingInGuideTests
{
    private static string Used(string mark, string use) =>
        $$"""
        using Pyro.Infer;
        using Pyro.Optim;
        using Pyro.Poutines;
        using Pyro.Programs;

        public static partial class Models
        {
            [Model]
            public static void Model(Tensor x) => Observe("x", new Normal(Sample("a", new Normal(0f, 1f)) + Sample("b", new Normal(0f, 1f)), 1f), x);

            [Guide(nameof(Model))]
            public static void {{mark}}(Tensor x) => Sample("a", new Normal(Param("m", 0f), 1f));

            [Model]
            public static void Other(Tensor x) => Observe("x", new Normal(Sample("b", new Normal(0f, 1f)), 1f), x);
        }

        public static class Training
        {
            public static SVI<Tensor> Svi(Program<Tensor> given, Dictionary<string, Tensor> data, Program<Tensor> guide)
            {
                var model = Models.CompiledModel;
                return new(
                    {{use}},
                    guide,
                    new Adam(lr: 0.01),
                    new ELBO());
            }
        }
        """;

    [TestCase("""Models.CompiledModel.Condition(new Dictionary<string, Tensor> { ["b"] = tensor(1f) })""")]
    [TestCase("""model.Condition(data)""")]
    [TestCase("""Handlers.Do(model, new Dictionary<string, Tensor> { ["b"] = tensor(1f) })""")]
    [TestCase("""model.Block(hide: ["b"])""")]
    [TestCase("""model.Block(expose: ["a", "x"])""")]
    [TestCase("""given.Condition(new Dictionary<string, Tensor> { ["b"] = tensor(1f) })""")]
    public Task Silent_where_a_handler_has_the_site(string use) => Verify.Diagnostics(Used("Guide", use));

    [TestCase("""Models.CompiledModel.Condition(new Dictionary<string, Tensor> { ["a"] = tensor(1f) })""")]
    [TestCase("""Models.CompiledOther.Condition(new Dictionary<string, Tensor> { ["b"] = tensor(1f) })""")]
    [TestCase("""given.Condition(data)""")]
    [TestCase("""model.Scale(2)""")]
    public Task Fires_where_a_handler_has_another_site_or_model(string use) => Verify.Diagnostics(Used("{|PYRO020:Guide|}", use));

    private const string Marked = "{|PYRO020:Guide|}";

    [TestCase("""Sample("a", new Normal(0f, 1f)); Sample("b", new Normal(0f, 1f));""", """Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Sample("b", new Normal(0f, 1f));""", """if (flag) Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""foreach (var i in IRange("p", n)) Sample($"z_{i}", new Normal(0f, 1f));""", """Console.Write(n);""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """Param("a", 0f);""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """x.sum().backward();""")]
    public Task Fires_on_the_name_of_the_guide(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide, Marked));

    [Test]
    public Task Fires_for_a_site_of_a_method_that_the_model_calls() => Verify.Diagnostics(Source.Pair(
        "Prior();",
        "Console.Write(n);",
        Marked,
        """

            private static Tensor Prior() => Sample("a", new Normal(0f, 1f));
        """));

    [Test]
    public Task Fires_on_the_site_that_the_guide_has_on_some_paths_only() => Verify.Diagnostics(Source.Pair(
        """
        Sample("a", new Normal(0f, 1f));
        """,
        """
        if (flag)
            Sample({|PYRO020:"a"|}, new Normal(0f, 1f));
        """));

    [TestCase("""Sample("a", new Normal(0f, 1f)); Observe("y", new Normal(0f, 1f), x);""", """Sample("a", new Normal(0f, 2f));""")]
    // On each branch its own; on both; under the same condition; not where the run ends with an exception.
    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Sample("b", new Normal(0f, 1f));""", """if (flag) Sample("a", new Normal(0f, 1f)); if (!flag) Sample("b", new Normal(0f, 1f));""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """if (flag) Sample("a", new Normal(0f, 1f)); else Sample("a", new Normal(1f, 1f));""")]
    [TestCase("""if (n > 3) return; Sample("a", new Normal(0f, 1f));""", """if (n > 3) return; Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """if (n > 3) throw new ArgumentException("n"); Sample("a", new Normal(0f, 1f));""")]
    // Families: by their pattern, whatever the variable is called, and written out.
    [TestCase("""foreach (var i in IRange("p", n)) Sample($"z_{i}", new Normal(0f, 1f));""", """for (var t = 0; t < n; t++) Sample($"z_{t}", new Normal(0f, 1f));""")]
    [TestCase("""foreach (var i in IRange("p", 2)) Sample($"z_{i}", new Normal(0f, 1f));""", """Sample("z_0", new Normal(0f, 1f)); Sample("z_1", new Normal(0f, 1f));""")]
    [TestCase("""Sample("z_0", new Normal(0f, 1f));""", """for (var t = 0; t < n; t++) Sample($"z_{t}", new Normal(0f, 1f));""")]
    // The guide has names or calls that cannot be seen.
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """Sample({|PYRO012:n.ToString()|}, new Normal(0f, 1f));""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """Elsewhere.Sample();""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """Action act = Elsewhere.Sample; act();""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """void Inner() => Sample("a", new Normal(0f, 1f)); Inner();""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """Helper(n);""")]
    public Task Silent_where_the_guide_has_or_may_have_it(string model, string guide) => Verify.Diagnostics(
        Source.Pair(
            model,
            guide,
            members: """

                private static Tensor Helper(int n) => Sample("a", new Normal(0f, n));
            """),
        """
        public static class Elsewhere
        {
            public static void Sample() => Primitives.Sample("a", new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Silent_where_an_override_may_have_it() => Verify.Diagnostics(
        """
        public partial class Models
        {
            [Model]
            public void Model() => Sample("a", new Normal(0f, 1f));

            [Guide(nameof(Model))]
            public void Guide() => Encode();

            protected virtual void Encode() => Console.Write(1);
        }
        """);

    [Test]
    public async Task Names_guide_site_and_model() => Assert.That(
        await Verify.Message(Source.Pair("""Sample("a", new Normal(0f, 1f));""", "Console.Write(n);", Marked)),
        Is.EqualTo("Guide 'Guide' lacks the latent site 'a' of its model 'Model'"));

    [Test]
    public Task Fix_adds_a_site_of_the_same_support() => Verify.Fix(
        Source.Pair(
            """
            Sample("a", new Beta(2f, 2f));
            """,
            """
            // Nothing yet.
            Param("a_alpha", 1f);
            """,
            Marked),
        Source.Pair(
            """
            Sample("a", new Beta(2f, 2f));
            """,
            """
            // Nothing yet.
            Param("a_alpha", 1f);
            Sample("a", new Beta(Param("a_alpha_2", 1f, Constraints.Positive), Param("a_beta", 1f, Constraints.Positive)));
            """));

    [Test]
    public Task Fix_all_adds_every_site() => Verify.FixAll(
        "PYRO020",
        Source.Pair(
            """
            Sample("real", new Normal(0f, 1f));
            Sample("positive", new LogNormal(0f, 1f));
            Sample("tail", new HalfCauchy(0f, 1f));
            Sample("coin", new Bernoulli(0.5f));
            """,
            """
            Console.Write(n);
            """,
            "{|PYRO020:{|PYRO020:{|PYRO020:{|PYRO020:Guide|}|}|}|}"),
        Source.Pair(
            """
            Sample("real", new Normal(0f, 1f));
            Sample("positive", new LogNormal(0f, 1f));
            Sample("tail", new HalfCauchy(0f, 1f));
            Sample("coin", new Bernoulli(0.5f));
            """,
            """
            Console.Write(n);
            Sample("real", new Normal(Param("real_mu", 0f), Param("real_sigma", 1f, Constraints.Positive)));
            Sample("positive", new LogNormal(Param("positive_mu", 0f), Param("positive_sigma", 1f, Constraints.Positive)));
            Sample("tail", new LogNormal(Param("tail_mu", 0f), Param("tail_sigma", 1f, Constraints.Positive)));
            Sample("coin", new Bernoulli(Param("coin_ps", 0.5f, Constraints.UnitInterval)));
            """));

    [Test]
    public Task Fix_keeps_the_result_of_the_guide_last() => Verify.Fix(
        """
        public partial class Models
        {
            [Model]
            public void Model() => Sample("b", new Normal(Sample("a", new Normal(0f, 1f)), 1f));

            [Guide(nameof(Model))]
            public Tensor {|PYRO020:Guide|}() => Sample("b", new Normal(0f, 1f));
        }
        """,
        """
        public partial class Models
        {
            [Model]
            public void Model() => Sample("b", new Normal(Sample("a", new Normal(0f, 1f)), 1f));

            [Guide(nameof(Model))]
            public Tensor Guide()
            {
                Sample("a", new Normal(Param("a_mu", 0f), Param("a_sigma", 1f, Constraints.Positive)));
                return Sample("b", new Normal(0f, 1f));
            }
        }
        """);

    [TestCase("""using (IArange("p", n)) Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""using var p = IArange("p", n); Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample($"a_{i}", new Normal(0f, 1f));""")]
    [TestCase("""Distribution d = new Normal(0f, 1f); if (flag) d = new Laplace(0f, 1f); Sample("a", d);""")]
    [TestCase("""Sample("a", new Normal(zeros(3), 1f));""")]
    [TestCase("""Sample("a", new Normal(x, 1f));""")]
    [TestCase("""Sample("a", new Normal(0f, 1f).Expand(3));""")]
    [TestCase("""Sample("a", new MultivariateNormal(zeros(3), eye(3)));""")]
    public Task No_fix_where_more_must_be_known(string model) => Verify.NoFix(Source.Pair(model, "Console.Write(n);", Marked));

    [Test]
    public Task Fires_where_the_guide_runs_a_network_of_the_project() => Verify.Diagnostics(
        """
        public sealed class Encoder() : nn.Module<Tensor, (Tensor, Tensor)>("encoder")
        {
            public override (Tensor, Tensor) forward(Tensor x) => (x * 2, x.exp());
        }

        public sealed partial class Vae
        {
            private readonly Encoder _encoder = new();

            [Model]
            public void Model(Tensor x)
            {
                var z = Sample("z", new Normal(0f, 1f));
                var w = Sample("w", new Normal(0f, 1f));
                Observe("x", new Normal(z, w.exp()), x);
            }

            [Guide(nameof(Model))]
            public void {|PYRO020:Guide|}(Tensor x)
            {
                var (loc, scale) = _encoder.forward(x);
                Sample("z", new Normal(loc, scale));
            }
        }
        """);
}
