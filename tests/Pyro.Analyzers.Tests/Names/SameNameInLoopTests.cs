namespace Pyro.Analyzers.Tests.Names;

/// <summary>PYRO011: a site in a loop has the same name in every iteration.</summary>
public sealed class SameNameInLoopTests
{
    [TestCase("""for (var i = 0; i < n; i++) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""foreach (var i in IRange("p", n)) Observe({|PYRO011:"x"|}, new Normal(0f, 1f), x[i]);""")]
    [TestCase("""while (Sample({|PYRO011:"x"|}, new Bernoulli(0.5f)).item<float>() > 0) Console.Write(n);""")]
    [TestCase("""do { Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); } while (--n > 0);""")]
    [TestCase("""again: Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); if (--n > 0) goto again;""")]
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < i; j++) Sample({|PYRO011:$"x_{i}"|}, new Normal(0f, 1f));""")]
    [TestCase("""var i = 0; for (; i < n; i++) for (var j = 0; j < i; j++) Sample({|PYRO011:$"x_{i}"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (flag) Sample({|PYRO011:$"x_{n}"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < 3; j++) if (j == 0) Sample({|PYRO011:"first"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) { var k = i; if (i == k) Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) if ((byte)i == 0) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i % 2 == 0) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i == 0) i--; if (i == 1) Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i != 0) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i == 0) Console.Write(i); else Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) switch (i) { case 0: case 1: Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); break; }""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i != 0) Console.Write(i); Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i == 0) continue; Sample({|PYRO011:"x"|}, new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i < 2) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = -1; i < n; i++) if (i <= 0) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i == 0 || flag) Sample({|PYRO011:"x"|}, new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) Sample({|PYRO011:"x_" + n|}, new Normal(0f, 1f));""")]
    public Task Fires_on_a_name_that_stays(string body) => Verify.Diagnostics(Source.Model(body));

    [TestCase("""foreach (var i in IRange("p", n)) Sample($"x_{i}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < i; j++) Sample($"x_{i}_{j}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) { var k = i * 2; Sample($"x_{k}", new Normal(0f, 1f)); }""")]
    [TestCase("""var t = 0; while (t < n) { Sample($"x_{t}", new Normal(0f, 1f)); t++; }""")]
    [TestCase("""for (var i = 0; i < n; i++) Param("scale", 1f, Constraints.Positive);""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i < 3) continue; Sample("x", new Normal(0f, 1f)); break; }""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i == 3) { Sample("x", new Normal(0f, 1f)); return; } }""")]
    [TestCase("""var t = 0; for (; t < n; t++) Sample($"x_{t}", new Normal(0f, 1f));""")]
    [TestCase("""var round = 0; foreach (var i in new[] { 1, 2 }) for (; round < 1; round++) Sample($"x_{round}", new Normal(0f, 1f));""")]
    [TestCase("""using (IArange("p", n)) Sample("x", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i == 0) Sample("first", new Normal(0f, 1f)); else Sample($"z_{i}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (flag && n - 1 == i) { Sample("last", new Normal(0f, 1f)); } }""")]
    [TestCase("""for (var i = n; i > 0; i -= 2) { var z = i is 4 ? Sample("fourth", new Normal(0f, 1f)) : Sample($"z_{i}", new Normal(0f, 1f)); Console.Write(z); }""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("p", n)|}) switch (i) { case 0: Sample("first", new Normal(0f, 1f)); break; case 1: Sample("second", new Normal(0f, 1f)); break; default: Sample($"z_{i}", new Normal(0f, 1f)); break; }""")]
    [TestCase("""for (var i = 0; i < n; i++) { var z = i switch { 0 => Sample("first", new Normal(0f, 1f)), _ => Sample($"z_{i}", new Normal(0f, 1f)) }; Console.Write(z); }""")]
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < 3; j++) if (i == 0) Sample($"first_{j}", new Normal(0f, 1f));""")]
    [TestCase("""for (var t = 0; t < n; t++) Sample("x_" + t, new Normal(0f, 1f));""")]
    [TestCase("""for (var t = 0; t < n; t++) { Sample($"x_{t + 1}", new Normal(0f, 1f)); Sample("y_" + (2 * t) + "_" + (t - 1), new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i != 0) continue; Sample("first", new Normal(0f, 1f)); }""")]
    [TestCase("""foreach (var i in Enumerable.Range(0, n)) { if (i != n - 1) { Console.Write(i); continue; } Sample("last", new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) { if (i > 0) continue; Sample("first", new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i < 1) Sample("first", new Normal(0f, 1f)); else Sample($"z_{i}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 1; i < n; i++) if (i <= 1) Sample("first", new Normal(0f, 1f)); else Sample($"z_{i}", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i != 0) Sample($"z_{i}", new Normal(0f, 1f)); else Sample("first", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (i != 0 || flag) Sample($"z_{i}", new Normal(0f, 1f)); else Sample("first", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) if (!(i is not 0)) Sample("first", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) { var isFirst = i == 0; if (isFirst) Sample("first", new Normal(0f, 1f)); }""")]
    [TestCase("""for (var i = 0; i < x.shape[0]; i++) if (i == x.shape[0] - 1) Sample("last", new Normal(0f, 1f));""")]
    [TestCase("""for (var i = 0; i < n; i++) switch (i) { case 0 when flag: Sample("first", new Normal(0f, 1f)); break; }""")]
    [TestCase("""for (int i = 0, j = n; i < n; i++, j--) if (j == 1) Sample("last", new Normal(0f, i + 1f));""")]
    [TestCase("""const string name = "x"; for (var t = 0; t < n; t++) Sample($"{name}_{t}", new Normal(0f, 1f));""")]
    public Task Silent_where_it_moves_or_runs_once(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public Task Fix_makes_a_family_over_the_index() => Verify.FixAll(
        "PYRO011",
        Source.Model(
            """
            for (var t = 0; t < n; t++)
                Sample({|PYRO011:"z"|}, new Normal(0f, 1f));
            foreach (var i in IRange("data", n))
                Observe({|PYRO011:"{obs}"|}, new Normal(0f, 1f), y[i]);
            """),
        Source.Model(
            """
            for (var t = 0; t < n; t++)
                Sample($"z_{t}", new Normal(0f, 1f));
            foreach (var i in IRange("data", n))
                Observe($"{{obs}}_{i}", new Normal(0f, 1f), y[i]);
            """));

    [Test]
    public Task No_fix_without_an_index() => Verify.NoFix(
        Source.Model("""foreach (var s in new[] { "a", "b" }) Sample({|PYRO011:"x"|}, new Normal(s.Length, 1f));"""));

    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < 3; j++) Observe({|PYRO011:$"o_{j}"|}, new Normal(0f, 1f), x[i][j]);""")]
    [TestCase("""foreach (var i in {|PYRO053:IRange("a", 5)|}) { foreach (var j in {|PYRO053:IRange("b", 3)|}) { Observe({|PYRO011:$"o_{j}"|}, new Normal(0f, 1f), x[i][j]); } }""")]
    [TestCase("""for (var i = 0; i < 3; i++) {|PYRO011:Draw()|};""")]
    public Task Fires_where_an_outer_loop_or_a_call_repeats_it(string body) =>
        Verify.Diagnostics(Source.Model(body, """    private static Tensor Draw() => Sample("z", new Normal(0f, 1f));"""));

    [Test]
    public Task Silent_where_one_iteration_makes_the_call() => Verify.Diagnostics(
        Source.Model("for (var i = 0; i < 3; i++) if (i == 2) Draw();", """    private static Tensor Draw() => Sample("z", new Normal(0f, 1f));"""));

    [TestCase("""for (var i = 0; i < 2; i++) for (var j = 3 * i; j < 3 * i + 3; j++) Observe($"o_{j}", new Normal(0f, 1f), x[j]);""")]
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < i; j++) Observe($"o_{i}_{j}", new Normal(0f, 1f), x[i][j]);""")]
    [TestCase("""var k = 0; for (var i = 0; i < n; i++) for (var j = 0; j < 3; j++) Observe($"o_{k++}", new Normal(0f, 1f), x[i][j]);""")]
    [TestCase("""for (var i = 0; i < n; i++) for (var j = 0; j < 3; j++) { var k = 3 * i + j; Observe($"o_{k}", new Normal(0f, 1f), x[k]); }""")]
    public Task Silent_where_both_loops_are_told_apart(string body) => Verify.Diagnostics(Source.Model(body));

    [Test]
    public Task Fix_appends_the_indices_of_all_loops() => Verify.FixAll(
        "PYRO011",
        Source.Model(
            """
            for (var i = 0; i < n; i++)
                for (var j = 0; j < 3; j++)
                {
                    Sample({|PYRO011:"z"|}, new Normal(0f, 1f));
                    Observe({|PYRO011:$"o_{j}"|}, new Normal(0f, 1f), x[i][j]);
                }
            """),
        Source.Model(
            """
            for (var i = 0; i < n; i++)
                for (var j = 0; j < 3; j++)
                {
                    Sample($"z_{i}_{j}", new Normal(0f, 1f));
                    Observe($"o_{j}_{i}", new Normal(0f, 1f), x[i][j]);
                }
            """));
}
