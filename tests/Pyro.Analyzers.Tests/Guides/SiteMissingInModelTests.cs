namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO021: a site of the guide does not exist in the model.</summary>
public sealed class SiteMissingInModelTests
{
    [TestCase("""Sample("z", new Normal(0f, 1f), {|CS1503:new object()|});""")]
    [TestCase("""Sample("z", new {|CS0246:Norml|}(0f, 1f));""")]
    [TestCase("""{|CS0103:Sampl|}("z", new Normal(0f, 1f));""")]
    [TestCase("""Sample({|CS0103:name|}, new Normal(0f, 1f));""")]
    public async Task A_model_that_does_not_compile_is_not_judged(string model)
    {
        var said = await Verify.All(Source.Pair(Pyro.Testing.Diagnostics.Markup.Parse(model).Source, """Sample("z", new Normal(0f, 1f));"""));
        Assert.That(said.Select(diagnostic => diagnostic.Id).Distinct(), Is.EqualTo(new[] { Pyro.Testing.Diagnostics.Markup.Parse(model).Expected[0].Id }));
    }

    [TestCase("y")]
    [TestCase("obs: y")]
    public Task A_site_that_may_have_its_value_may_be_the_guides(string given) => Verify.Diagnostics(
        $$"""
        public static partial class Models
        {
            [Model]
            public static void Model(Tensor? y) => Sample("y", new Normal(0f, 1f), {{given}});

            [Guide(nameof(Model))]
            public static void Guide(Tensor? y)
            {
                if (y is null)
                    Sample("y", new Normal(0f, 1f));
            }
        }
        """);

    [TestCase("""Console.Write(n);""", """Sample({|PYRO021:"a"|}, new Normal(0f, 1f));""")]
    [TestCase("""Observe("a", new Normal(0f, 1f), x);""", """Sample({|PYRO021:"a"|}, new Normal(0f, 1f));""")]
    [TestCase("""Console.Write(n);""", """foreach (var i in IRange("p", n)) Sample({|PYRO021:$"z_{i}"|}, new Normal(0f, 1f));""")]
    [TestCase("""Sample("a", new Normal(0f, 1f));""", """Sample("a", new Normal(0f, 1f)); if (flag) Sample({|PYRO021:"A"|}, new Normal(0f, 1f));""")]
    public Task Fires_on_the_name_of_the_site(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase("""Console.Write(n);""", """Sample("a", new Normal(0f, 1f), new SiteOptions { IsAuxiliary = true });""")]
    [TestCase("""Console.Write(n);""", """Sample({|PYRO021:"a"|}, new Normal(0f, 1f), new SiteOptions { IsAuxiliary = false });""")]
    [TestCase("""Console.Write(n);""", """Sample({|PYRO021:"a"|}, new Normal(0f, 1f), new SiteOptions { Enumerate = Enumerate.No });""")]
    public Task Silent_where_the_site_is_marked_as_auxiliary(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [TestCase("""if (flag) Sample("a", new Normal(0f, 1f)); else Observe("a", new Normal(0f, 1f), x);""", """if (flag) Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""void Inner() => Sample("a", new Normal(0f, 1f)); Inner();""", """Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""Sample({|PYRO012:"a" + flag|}, new Normal(0f, 1f));""", """Sample("a", new Normal(0f, 1f));""")]
    [TestCase("""Elsewhere.Sample();""", """Sample("a", new Normal(0f, 1f));""")]
    public Task Silent_where_the_model_has_or_may_have_it(string model, string guide) => Verify.Diagnostics(
        Source.Pair(model, guide),
        """
        public static class Elsewhere
        {
            public static void Sample() => Primitives.Sample("a", new Normal(0f, 1f));
        }
        """);

    [Test]
    public Task Silent_where_the_model_may_leave_the_value_out() => Verify.Diagnostics(
        """
        public static partial class Missing
        {
            [Model]
            public static void Model(Tensor? y) { Sample("y", new Normal(0f, 1f), y); Sample("z", new Normal(0f, 1f), zeros(1)); }

            [Guide(nameof(Model))]
            public static void Guide(Tensor? y)
            {
                if (y is null)
                    Sample("y", new Normal(Param("m", 0f), 1f));
                Sample({|PYRO021:"z"|}, new Normal(Param("n", 0f), 1f));
            }
        }
        """);

    [Test]
    public async Task Says_a_pattern_as_it_is_written() => Assert.That(
        await Verify.Message(Source.Pair("Console.Write(n);", """for (var j = 0; j < n; j++) Sample({|PYRO021:"y_" + (j + 1) + "_a"|}, new Normal(0f, 1f));""")),
        Does.Contain("'y_{j + 1}_a'"));

    [Test]
    public Task Fix_removes_the_statement() => Verify.Fix(
        Source.Pair(
            """
            Sample("a", new Normal(0f, 1f));
            """,
            """
            Sample("a", new Normal(0f, 1f));
            // Gone from the model.
            Sample({|PYRO021:"b"|}, new Normal(0f, 1f));
            Console.Write(n);
            """),
        Source.Pair(
            """
            Sample("a", new Normal(0f, 1f));
            """,
            """
            Sample("a", new Normal(0f, 1f));
            Console.Write(n);
            """));

    [Test]
    public Task Fix_all_removes_every_statement() => Verify.FixAll(
        "PYRO021",
        Source.Pair(
            """
            Sample("a", new Normal(0f, 1f));
            """,
            """
            Sample({|PYRO021:"b"|}, new Normal(0f, 1f));
            Sample("a", new Normal(0f, 1f));
            Sample({|PYRO021:"c"|}, new Normal(0f, 1f));
            """),
        Source.Pair(
            """
            Sample("a", new Normal(0f, 1f));
            """,
            """
            Sample("a", new Normal(0f, 1f));
            """));

    [Test]
    public Task No_fix_where_the_value_is_used() => Verify.NoFix(Source.Pair(
        """
        Sample("a", new Normal(0f, 1f));
        """,
        """
        var b = Sample({|PYRO021:"b"|}, new Normal(0f, 1f));
        Sample("a", new Normal(b, 1f));
        """));

    [TestCase("""var z = Sample("a", new Normal(Tools.Scale(x), 1f));""")]
    [TestCase("""Module("net", Net); Sample("a", new Normal(Net.call(x), 1f));""")]
    [TestCase("""var z = Sample("a", new Normal(0f, 1f)); MapData("data", x, (i, batch) => { Observe("o", new Normal(z, 1f), batch); });""")]
    [TestCase("""Console.WriteLine(GetParamStore().Count); Sample("a", new Normal(0f, 1f));""")]
    public Task Fires_whatever_a_model_without_other_sites_calls(string model) => Verify.Diagnostics(Source.Pair(
        model, """Sample("a", new Normal(0f, 1f)); Sample({|PYRO021:"b"|}, new Normal(0f, 1f));""", members: Tools));

    [TestCase("Tools.Draw();")]
    [TestCase("Tools.Indirectly();")]
    [TestCase("Tools.All([Sites]);")]
    [TestCase("Tools.Given(() => Sample(name: \"b\", new Normal(0f, 1f)));")]
    public Task Silent_where_another_type_may_have_the_site(string model) => Verify.Diagnostics(Source.Pair(
        """Sample("a", new Normal(0f, 1f)); """ + model, """Sample("a", new Normal(0f, 1f)); Sample("b", new Normal(0f, 1f));""", members: Tools));

    [Test]
    public Task Fires_in_a_method_that_the_guide_calls() => Verify.Diagnostics(Source.Pair(
        """Sample("a", new Normal(0f, 1f));""",
        "Part(flag);",
        members:
        """
            private static void Part(bool other)
            {
                Sample("a", new Normal(0f, 1f));
                Sample({|PYRO021:"b"|}, new Normal(0f, 1f));
                // Perhaps for another guide.
                if (other)
                    Sample("c", new Normal(0f, 1f));
            }
        """));

    private const string Tools =
        """
            private static readonly nn.Module<Tensor, Tensor> Net = nn.Linear(1, 1);

            private static Tensor Sites() => Sample("b", new Normal(0f, 1f));

            private static class Tools
            {
                public static Tensor Scale(Tensor x) => Centred(x) / x.std();

                public static Tensor Draw() => Sample("b", new Normal(0f, 1f));

                public static Tensor Indirectly() => Draw() * 2;

                public static Tensor Given(Func<Tensor> draw) => draw();

                public static void All(IEnumerable<Func<Tensor>> draws)
                {
                    foreach (var draw in draws)
                        draw();
                }

                private static Tensor Centred(Tensor x) => x - x.mean();
            }
        """;
}
