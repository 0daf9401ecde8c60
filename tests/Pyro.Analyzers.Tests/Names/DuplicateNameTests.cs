namespace Pyro.Analyzers.Tests.Names;

/// <summary>PYRO010: two sites, or a site and a parameter, have the same name.</summary>
public sealed class DuplicateNameTests
{
    // One after the other; the later is marked.
    [TestCase("""Sample("x", new Normal(0f, 1f)); Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""Observe("x", new Normal(0f, 1f), x); Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""const string Name = "x"; Sample(Name, new Normal(0f, 1f)); Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""Sample("x", new Normal(0f, 1f)); Primitives.Sample(distribution: new Normal(0f, 1f), name: {|PYRO010:nameof(x)|});""")]
    // An inner call runs before the outer one, and so does an argument before the next.
    [TestCase("""Sample({|PYRO010:"x"|}, new Normal(Sample("x", new Normal(0f, 1f)), 1f));""")]
    [TestCase("Sample(\"x\", new Normal(0f, 1f)); Factor({|PYRO010:\"x\"|}, x); Deterministic({|PYRO010:\"x\"|}, y);")]
    // A site and a parameter.
    [TestCase("""Param("x", 0f); Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""Sample("x", new Normal(0f, 1f)); Param({|PYRO010:"x"|}, 0f);""")]
    // A branch and what is always before or after it.
    [TestCase("""Sample("x", new Normal(0f, 1f)); if (flag) Sample({|PYRO010:"x"|}, new Normal(0f, 2f));""")]
    [TestCase("""if (flag) Sample("x", new Normal(0f, 2f)); Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""if (flag) { Sample("x", new Normal(0f, 2f)); } else { Sample("x", new Normal(0f, 3f)); } Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Console.Write(i); Sample("x", new Normal(0f, 1f)); using (IArange("p", n)) Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")]
    // The same pattern twice in one iteration.
    [TestCase("""foreach (var i in IRange("p", n)) { Sample($"x_{i}", new Normal(0f, 1f)); Sample({|PYRO010:$"x_{i}"|}, new Normal(0f, 2f)); }""")]
    [TestCase("""Sample($"x_{n}", new Normal(0f, 1f)); Sample({|PYRO010:$"x_{n}"|}, new Normal(0f, 2f));""")]
    [TestCase("""for (var t = 0; t < n; t++) { Sample($"z_{t + 1}", new Normal(0f, 1f)); Sample({|PYRO010:"z_" + (t + 1)|}, new Normal(0f, 1f)); }""")]
    public Task Fires_on_the_later_of_two(string body) => Verify.Diagnostics(Source.Model(body));

    // Branches that exclude each other.
    [TestCase("""if (flag) Sample("x", new Normal(0f, 1f)); else Sample("x", new Normal(0f, 2f));""")]
    [TestCase("""var a = flag ? Sample("x", new Normal(0f, 1f)) : Sample("x", new Normal(0f, 2f)); Observe("y", new Normal(a, 1f), y);""")]
    [TestCase("""switch (n) { case 0: Sample("x", new Normal(0f, 1f)); break; case 1: Sample("x", new Normal(0f, 2f)); break; }""")]
    [TestCase("""var a = n switch { 0 => Sample("x", new Normal(0f, 1f)), _ => Sample("x", new Normal(0f, 2f)) }; Observe("y", new Normal(a, 1f), y);""")]
    [TestCase("""if (flag) { Sample("x", new Normal(0f, 1f)); return; } Sample("x", new Normal(0f, 2f));""")]
    // Two conditions that may be each other's opposite.
    [TestCase("""if (flag) Sample("x", new Normal(0f, 1f)); Console.Write(n); if (!flag) Sample("x", new Normal(0f, 2f));""")]
    // What only an exception leads to.
    [TestCase("""try { Console.Write(n); Sample("x", new Normal(0f, 1f)); } catch (IOException) { Sample("x", new Normal(0f, 2f)); }""")]
    // One parameter twice; a plate and a site.
    [TestCase("""Param("x", 0f); Param("x"); using (IArange("data", n)) Observe("y", new Normal(0f, 1f), y); Sample("z", new Normal(0f, 1f));""")]
    // Patterns that differ in a variable, or whose variable moves on.
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < i; j++) { Sample($"x_{i}_{j}", new Normal(0f, 1f)); Sample($"x_{j}_{i}", new Normal(0f, 1f)); }""")]
    [TestCase("""var i = 0; Sample($"x_{i}", new Normal(0f, 1f)); i++; Sample($"x_{i}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i == 3) { Sample($"x_{i}", new Normal(0f, 1f)); continue; } Sample($"x_{i}", new Normal(0f, 2f)); }""")]
    [TestCase("""foreach (var i in IRange("p", n)) Sample($"x_{i}", new Normal(0f, 1f)); foreach (var i in IRange("q", n)) Sample($"y_{i}", new Normal(0f, 1f));""")]
    [TestCase("""for (var t = 0; t < n; t++) { Sample($"z_{2 * t}", new Normal(0f, 1f)); Sample($"z_{2 * t + 1}", new Normal(0f, 1f)); }""")]
    public Task Silent_where_one_run_has_one(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public Task Fires_on_a_call_that_brings_the_name_again() => Verify.Diagnostics(Source.Model(
        """
        Prior();
        {|PYRO010:Prior()|};
        Optional(flag);
        Optional(!flag);
        """,
        """

            [Model]
            public static Tensor Prior() => Sample("x", new Normal(0f, 1f));

            private static void Optional(bool flag)
            {
                if (flag)
                    Sample("y", new Normal(0f, 1f));
            }
        """));

    [Test]
    public Task Silent_in_recursion() => Verify.Diagnostics(Source.Model(
        """
        Step(n);
        """,
        """

            private static void Step(int n)
            {
                Sample($"x_{n}", new Normal(0f, 1f));
                if (n > 0)
                    Step(n - 1);
            }
        """));

    [Test]
    public async Task Names_the_name() => Assert.That(
        await Verify.Message(Source.Model("""Sample("x", new Normal(0f, 1f)); Sample({|PYRO010:"x"|}, new Normal(0f, 1f));""")),
        Is.EqualTo("The name 'x' is used before on this path: sites and parameters of one run need names of their own"));

    [Test]
    public Task Fix_takes_the_first_free_name() => Verify.Fix(
        Source.Model(
            """
            Sample("x", new Normal(0f, 1f));
            Sample("x_2", new Normal(0f, 1f));
            Sample(/* again */ {|PYRO010:"x"|}, new Normal(0f, 1f));
            """),
        Source.Model(
            """
            Sample("x", new Normal(0f, 1f));
            Sample("x_2", new Normal(0f, 1f));
            Sample(/* again */ "x_3", new Normal(0f, 1f));
            """));

    [Test]
    public Task Fix_all_takes_a_name_for_each() => Verify.FixAll(
        "PYRO010",
        Source.Model(
            """
            Sample("x", new Normal(0f, 1f));
            Sample({|PYRO010:"x"|}, new Normal(0f, 1f));
            Sample({|PYRO010:nameof(x)|}, new Normal(0f, 1f));
            """),
        Source.Model(
            """
            Sample("x", new Normal(0f, 1f));
            Sample("x_2", new Normal(0f, 1f));
            Sample("x_3", new Normal(0f, 1f));
            """));

    [Test]
    public Task No_fix_for_a_pattern() => Verify.NoFix(
        Source.Model("""Sample($"x_{n}", new Normal(0f, 1f)); Sample({|PYRO010:$"x_{n}"|}, new Normal(0f, 2f));"""));
}
