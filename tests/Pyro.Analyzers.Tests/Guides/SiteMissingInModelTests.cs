namespace Pyro.Analyzers.Tests.Guides;

/// <summary>PYRO021: a site of the guide does not exist in the model.</summary>
public sealed class SiteMissingInModelTests
{
    [Theory]
    [InlineData("""Console.Write(n);""", """Sample({|PYRO021:"a"|}, new Normal(0f, 1f));""")]
    [InlineData("""Observe("a", new Normal(0f, 1f), x);""", """Sample({|PYRO021:"a"|}, new Normal(0f, 1f));""")]
    [InlineData("""Console.Write(n);""", """foreach (var i in IRange("p", n)) Sample({|PYRO021:$"z_{i}"|}, new Normal(0f, 1f));""")]
    [InlineData("""Sample("a", new Normal(0f, 1f));""", """Sample("a", new Normal(0f, 1f)); if (flag) Sample({|PYRO021:"A"|}, new Normal(0f, 1f));""")]
    public Task Fires_on_the_name_of_the_site(string model, string guide) => Verify.Diagnostics(Source.Pair(model, guide));

    [Theory]
    [InlineData("""if (flag) Sample("a", new Normal(0f, 1f)); else Observe("a", new Normal(0f, 1f), x);""", """if (flag) Sample("a", new Normal(0f, 1f));""")]
    [InlineData("""void Inner() => Sample("a", new Normal(0f, 1f)); Inner();""", """Sample("a", new Normal(0f, 1f));""")]
    [InlineData("""Sample({|PYRO012:"a" + n|}, new Normal(0f, 1f));""", """Sample("a", new Normal(0f, 1f));""")]
    [InlineData("""Elsewhere.Sample();""", """Sample("a", new Normal(0f, 1f));""")]
    public Task Silent_where_the_model_has_or_may_have_it(string model, string guide) => Verify.Diagnostics(
        Source.Pair(model, guide),
        """
        public static class Elsewhere
        {
            public static void Sample() => Primitives.Sample("a", new Normal(0f, 1f));
        }
        """);

    [Fact]
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

    [Fact]
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

    [Fact]
    public Task No_fix_where_the_value_is_used() => Verify.NoFix(Source.Pair(
        """
        Sample("a", new Normal(0f, 1f));
        """,
        """
        var b = Sample({|PYRO021:"b"|}, new Normal(0f, 1f));
        Sample("a", new Normal(b, 1f));
        """));
}
